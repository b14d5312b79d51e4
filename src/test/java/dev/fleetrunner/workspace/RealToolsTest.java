package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machine's own tar and zip pack, and whether tar takes what is given out. */
class RealToolsTest extends WithWorkspaceStore {
    private static final String NOTE = "ü ' \"";

    private Path tree;

    @BeforeEach
    void plant() throws IOException, InterruptedException {
        tree = Files.createDirectories(home.resolve("tree"));
        run(
                tree,
                "bash",
                "-c",
                "umask 022; mkdir -p sub/deep; printf run > sub/run; chmod 750 sub/run; ln -s ../sub/run sub/deep/link;"
                        + "truncate -s 300000 holes; printf end >> holes; printf x > $'\\xc3\\xbc \\' \"'");
    }

    private static byte[] run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private void assertTree(Workspace workspace) {
        List<String> shown = new ArrayList<>(shown(workspace));
        assertThat(shown.remove(1))
                .startsWith("0 644 holes = \0\0\0")
                .endsWith("\0end")
                .hasSize(14 + 300_003);
        assertThat(shown)
                .containsExactly(
                        "5 755 ./",
                        "5 755 sub/",
                        "5 755 sub/deep/",
                        "2 777 sub/deep/link -> ../sub/run",
                        "0 750 sub/run = run",
                        "0 644 " + NOTE + " = x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--format=gnu", "--format=posix", "--format=ustar", "--sparse", "--sparse-version=1.0", "-z"})
    void aTarOfEveryForm(String form) throws IOException, InterruptedException {
        String sparse = form.contains("version") ? "--sparse" : "--no-xattrs";

        assertTree(take(run(tree, "tar", form, sparse, "-cf", "-", ".")));
    }

    @Test
    void aZip() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/zip")));

        run(tree, "zip", "-q", "-r", "-y", "../tree.zip", ".");

        assertTree(take(Files.readAllBytes(home.resolve("tree.zip"))));
    }

    @Test
    void tarUnpacksWhatIsGivenOut() throws IOException, InterruptedException {
        Workspace workspace = take(run(tree, "tar", "-cf", "-", "."));
        Path given = home.resolve("given.tar");
        Files.write(given, joined(store.tar(workspace.id(), 0, 0)));
        Path copy = Files.createDirectories(home.resolve("copy"));

        run(copy, "tar", "-xf", given.toString());

        run(home, "diff", "-r", "--no-dereference", "tree", "copy");
    }
}
