package dev.fleetrunner.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleetrunner.contract.CauseCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountRootsTest {
    @TempDir
    Path directory;

    private Path root;
    private Path work;
    private Path outside;
    private final BindLeases leases = new BindLeases();
    private MountRoots roots;

    @BeforeEach
    void makeTree() throws IOException {
        directory = directory.toRealPath();
        root = Files.createDirectory(directory.resolve("root"));
        work = Files.createDirectories(root.resolve("work"));
        Files.createDirectories(work.resolve("src/main"));
        outside = Files.createDirectories(directory.resolve("outside/secret")).getParent();
        roots = new MountRoots("everyone", List.of(root));
    }

    private void assertDenied(CauseCode code, Path source) {
        Denied denied = catchThrowableOfType(Denied.class, () -> roots.judge(source.toString()));

        assertThat(denied.reason().code()).isEqualTo(code);
        assertThat(denied.reason().message()).contains(source.toString());
    }

    private void assertHeld(String taskId, Path source, boolean writes) {
        Denied denied = catchThrowableOfType(Denied.class, () -> leases.hold(roots, taskId, source.toString(), writes));

        assertThat(denied.reason().code()).isEqualTo(CauseCode.MOUNT_INVALID);
    }

    @Test
    void directoriesAndFilesBelowARootAreAllowedAndSoIsTheRoot() throws IOException {
        Path file = Files.writeString(work.resolve("file"), "x");

        assertThat(roots.judge(work.toString())).isEqualTo(work);
        assertThat(roots.judge(file.toString())).isEqualTo(file);
        assertThat(roots.judge(root.toString())).isEqualTo(root);
    }

    @Test
    void withoutRootsNothingIsAllowed() {
        roots = new MountRoots("everyone", List.of());

        assertDenied(CauseCode.POLICY_DENIED, work);
    }

    @Test
    void whatIsOutsideIsDeniedWhetherOrNotItIsThere() {
        assertDenied(CauseCode.POLICY_DENIED, outside);
        assertDenied(CauseCode.POLICY_DENIED, outside.resolve("none"));
        assertDenied(CauseCode.POLICY_DENIED, Path.of("/"));
        assertDenied(CauseCode.POLICY_DENIED, directory);
    }

    @Test
    void aNameThatBeginsLikeTheRootIsOutside() throws IOException {
        assertDenied(CauseCode.POLICY_DENIED, Files.createDirectory(directory.resolve("root-evil")));
    }

    @Test
    void dotsAreResolved() {
        assertDenied(CauseCode.POLICY_DENIED, root.resolve("../outside"));
        assertDenied(CauseCode.POLICY_DENIED, root.resolve("../outside/none"));
        assertThat(roots.judge(work + "/../work")).isEqualTo(work);
    }

    @Test
    void aLinkIsJudgedByWhereItLeads() throws IOException {
        Path out = Files.createSymbolicLink(work.resolve("out"), outside);
        Path in = Files.createSymbolicLink(directory.resolve("in"), work);

        assertDenied(CauseCode.POLICY_DENIED, out);
        assertDenied(CauseCode.POLICY_DENIED, out.resolve("secret"));
        assertThat(roots.judge(in.toString())).isEqualTo(work);
    }

    @Test
    void aLoopOfLinksIsInvalid() throws IOException {
        Files.createSymbolicLink(work.resolve("a"), work.resolve("b"));
        Files.createSymbolicLink(work.resolve("b"), work.resolve("a"));

        assertDenied(CauseCode.MOUNT_INVALID, work.resolve("a"));
    }

    @Test
    void aRootThatIsALinkStandsForItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), root);
        roots = new MountRoots("everyone", List.of(link, directory.resolve("none")));

        assertThat(roots.judge(link.resolve("work").toString())).isEqualTo(work);
        assertThat(roots.judge(work.toString())).isEqualTo(work);
    }

    @Test
    void whatIsMissingBelowARootIsInvalid() {
        assertDenied(CauseCode.MOUNT_INVALID, work.resolve("none"));
    }

    @Test
    void socketsPipesAndDevicesAreDenied() throws Exception {
        Path socket = work.resolve("socket");
        Path pipe = work.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        roots = new MountRoots("everyone", List.of(root, Path.of("/dev")));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertDenied(CauseCode.POLICY_DENIED, socket);
            assertDenied(CauseCode.POLICY_DENIED, pipe);
            assertDenied(CauseCode.POLICY_DENIED, Path.of("/dev/null"));
        }
    }

    @Test
    void nothingBelowWhatARunningTaskMayWriteIsGivenOut() {
        BindLeases.Lease writer = leases.hold(roots, "task-1", work.toString(), true);

        assertHeld("task-2", work.resolve("src"), false);
        assertHeld("task-2", work.resolve("src/main"), true);
        assertThat(leases.hold(roots, "task-2", work.toString(), true).path()).isEqualTo(work);
        assertThat(leases.hold(roots, "task-3", root.toString(), false).path()).isEqualTo(root);

        writer.close();
        assertHeld("task-3", work.resolve("src"), false);
    }

    @Test
    void nothingAboveWhatATaskUsesIsGivenOutForWriting() {
        BindLeases.Lease reader =
                leases.hold(roots, "task-1", work.resolve("src").toString(), false);

        assertHeld("task-2", work, true);
        assertThat(leases.hold(roots, "task-2", work.toString(), false).path()).isEqualTo(work);

        reader.close();
        reader.close();
        assertThat(leases.hold(roots, "task-3", root.toString(), false).path()).isEqualTo(root);
        assertHeld("task-3", root, true);
    }

    @Test
    void afterTheLastLeaseEverythingIsFreeAgain() {
        List<BindLeases.Lease> held = List.of(
                leases.hold(roots, "task-1", work.toString(), true),
                leases.hold(roots, "task-2", work.toString(), true));
        held.get(0).close();
        held.get(0).close();
        assertHeld("task-3", work.resolve("src"), true);

        held.get(1).close();

        assertThat(leases.hold(roots, "task-3", work.resolve("src").toString(), true)
                        .path())
                .isEqualTo(work.resolve("src"));
    }

    @Test
    void aTasksOwnBindsDoNotStandInEachOthersWay() {
        leases.hold(roots, "task-1", work.toString(), true);

        assertThat(leases.hold(roots, "task-1", work.resolve("src").toString(), true)
                        .path())
                .isEqualTo(work.resolve("src"));
    }

    @Test
    void whatBecameALinkAfterItsAdmissionIsDeniedAtItsUse() throws IOException {
        Path src = work.resolve("src/main");
        roots.judge(src.toString());
        Files.delete(src);
        Files.createSymbolicLink(src, outside);

        Denied denied = catchThrowableOfType(Denied.class, () -> leases.hold(roots, "task-1", src.toString(), false));

        assertThat(denied.reason().code()).isEqualTo(CauseCode.POLICY_DENIED);
    }

    @Test
    void aPathThatAnEngineReadsAsMoreThanAPathIsRefused() throws IOException {
        Path trick = Files.createDirectories(work.resolve("a,source=/etc"));
        Files.createSymbolicLink(work.resolve("plain"), trick);

        assertDenied(CauseCode.MOUNT_INVALID, trick);
        assertDenied(CauseCode.MOUNT_INVALID, work.resolve("plain"));
    }

    @Test
    void whatARunningContainerHasIsHeldWhateverTheRulesSayByNow() throws IOException {
        Files.createDirectories(outside.resolve("held/below"));
        leases.keep("old", outside.resolve("held").toString(), true);
        leases.keep("old", work.resolve("gone").toString(), true);
        roots = new MountRoots("everyone", List.of(directory));

        assertHeld("new", outside.resolve("held/below"), false);
        Files.createDirectories(work.resolve("gone/below"));
        assertHeld("new", work.resolve("gone/below"), false);
    }
}
