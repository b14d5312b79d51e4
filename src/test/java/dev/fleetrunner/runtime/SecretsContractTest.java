package dev.fleetrunner.runtime;

import static dev.fleetrunner.runtime.SpecBuilder.command;
import static dev.fleetrunner.runtime.SpecBuilder.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.SecretValue;
import dev.fleetrunner.runtime.ContainerSpec.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a runtime does with secrets: the command has them before it starts, and nobody else ever. */
class SecretsContractTest extends RuntimeContract {
    private static final int DELIVERY = 1 << 20;

    @Test
    void aFileIsInMemoryAndItsUserAloneMayReadIt() {
        for (String user : List.of("1000:1000", "2345:3456")) {
            TaskRun run = run(shell("cd /run/secrets && cat token && stat -c '%a %u:%g' token && stat -c '%a %u' . && "
                            + "stat -f -c %T . && grep ' /run/secrets ' /proc/mounts")
                    .user(user)
                    .secrets(file("token", "hunter2\n")));
            String uid = user.split(":")[0];
            assertThat(run.out()).startsWith("hunter2\n400 " + user + "\n700 " + uid + "\ntmpfs\n");
            assertThat(run.out()).contains("nosuid", "nodev", "noexec");
            assertThat(run.exit().code()).isZero();
        }
    }

    @Test
    void aVariableIsInTheCommandsEnvironmentAlone() {
        TaskRun run = run(shell("echo \"$API_KEY\"; cat /proc/1/environ || echo unreadable; ls -A /run/secrets")
                .secrets(variable("API_KEY", "s3cr3t value")));
        assertThat(run.out()).isEqualTo("s3cr3t value\nunreadable\n");
    }

    @Test
    void theCommandHasNoInput() {
        TaskRun run = run(shell("cat; readlink /proc/self/fd/0").secrets(file("token", "hunter2")));
        assertThat(run.out()).isEqualTo("/dev/null\n");
    }

    @Test
    void allBytesArriveAndManyOfThem() throws Exception {
        byte[] large = new byte[64 << 10];
        new Random(7).nextBytes(large);
        Secret[] all = new Secret[DELIVERY / large.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Secret.File("s" + i, new SecretValue(large));
        }
        TaskRun run = run(shell("sha256sum /run/secrets/* | cut -c1-64 | sort -u; ls /run/secrets | wc -l")
                .secrets(all));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(large);
        assertThat(run.out()).isEqualTo(HexFormat.of().formatHex(digest) + "\n" + all.length + "\n");
    }

    @Test
    void theDiskBudgetHoldsBesides() {
        TaskRun run = run(shell("cat /run/secrets/token; head -c 4000000 /dev/zero > /workspace/f; sleep 60")
                .disk(2 << 20)
                .secrets(file("token", "hunter2")));
        assertThat(run.out()).isEqualTo("hunter2");
        assertThat(run.exit().code()).isNotZero();
    }

    @Test
    void aCommandThatCannotBeExecutedIsStillTold() {
        TaskRun run = run(command("no-such-command").secrets(file("token", "hunter2")));
        assertThat(run.exit().executed()).isFalse();
    }

    @Test
    void anotherLifeOfTheRunnerTakesTheOutputOver() {
        Started started = start(shell("cat /run/secrets/token; echo; while [ ! -e /tmp/never ]; do sleep 0.05; done")
                .secrets(file("token", "hunter2")));
        started.running().output().select().first().collect().first().await().atMost(LIMIT);
        ContainerRuntime other = fixture.open(instance);
        try {
            RunningContainer again =
                    other.adopt(started.ref(), LogResume.START).await().atMost(LIMIT);
            other.stop(started.ref(), Duration.ZERO).await().atMost(LIMIT);
            assertThat(TaskRun.finish(again).out()).isEqualTo("hunter2\n");
        } finally {
            other.remove(started.ref()).await().atMost(LIMIT);
            fixture.close(other);
        }
    }

    @Test
    void nothingOfThemIsAtTheEngine() throws IOException {
        String mark = "mark-" + UUID.randomUUID();
        Started started = start(shell("cat /run/secrets/token > /dev/null; [ -n \"$KEY\" ]; echo on; sleep 60")
                .secrets(file("token", mark + "-file"), variable("KEY", mark + "-variable")));
        started.running().output().select().first().collect().first().await().atMost(LIMIT);

        assertThat(fixture.inspect(started.ref()))
                .contains(started.ref().taskId())
                .doesNotContain(mark);
        Set<Path> places = fixture.directories(started.ref());
        assertThat(places).isNotEmpty().allMatch(Files::isDirectory);
        assertThat(filesWith(mark, places)).isEmpty();

        runtime.remove(started.ref()).await().atMost(LIMIT);
    }

    @Test
    void theEnginesLogGoesWithTheContainer() throws IOException {
        String mark = "mark-" + UUID.randomUUID();
        Started started = start(shell("cat /run/secrets/token; echo; sleep 60").secrets(file("token", mark)));
        started.running().output().select().first().collect().first().await().atMost(LIMIT);
        Set<Path> places = fixture.directories(started.ref());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(filesWith(mark, places)).isNotEmpty());

        runtime.remove(started.ref()).await().atMost(LIMIT);

        assertThat(filesWith(mark, places)).isEmpty();
    }

    private static List<Path> filesWith(String mark, Set<Path> places) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                Files.walkFileTree(place, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        if (attributes.isRegularFile()
                                && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(mark)) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        }
        return found;
    }

    private static Secret file(String name, String value) {
        return new Secret.File(name, value(value));
    }

    private static Secret variable(String name, String value) {
        return new Secret.Variable(name, value(value));
    }

    private static SecretValue value(String text) {
        return new SecretValue(text.getBytes(StandardCharsets.UTF_8));
    }
}
