package dev.fleetrunner.pipeline.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiskBrakeTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long MIN = 1000;

    private long free;
    private IOException trouble;
    private final List<Boolean> changes = new ArrayList<>();

    private DiskBrake brake(long minFree) {
        DiskBrake brake = new DiskBrake(
                () -> {
                    if (trouble != null) {
                        throw trouble;
                    }
                    return free;
                },
                minFree,
                Runnable::run);
        brake.whenChanged(changes::add);
        return brake;
    }

    private static void look(DiskBrake brake) {
        brake.look().await().atMost(SOON);
    }

    private boolean holdsWith(DiskBrake brake, long bytes) {
        free = bytes;
        look(brake);
        return brake.holds();
    }

    private static Refusal refusal(DiskBrake brake) {
        return catchThrowableOfType(Refusal.class, () -> brake.admit().await().atMost(SOON));
    }

    @Test
    void takesHoldBelowTheMinimumAndLetsGoSomewhatAboveIt() {
        DiskBrake brake = brake(MIN);

        assertThat(holdsWith(brake, MIN)).isFalse();
        assertThat(holdsWith(brake, MIN - 1)).isTrue();
        assertThat(holdsWith(brake, 0)).isTrue();
        assertThat(holdsWith(brake, MIN + 49)).isTrue();
        assertThat(holdsWith(brake, MIN + 50)).isFalse();
        assertThat(holdsWith(brake, MIN)).isFalse();

        assertThat(changes).containsExactly(true, false);
    }

    @Test
    void refusesForAWhileWithTheFacts() {
        DiskBrake brake = brake(1 << 30);
        holdsWith(brake, 200 << 20);

        Refusal refusal = refusal(brake);

        assertThat(refusal.reason().code()).isEqualTo(CauseCode.STORAGE_FULL);
        assertThat(refusal.reason().message()).contains("200 MiB", "fleet.storage.min-free (1024 MiB)");
        assertThat(refusal.retryAfter()).isPositive();
        assertThat(brake.refusal()).isPresent();
        holdsWith(brake, 2L << 30);
        assertThat(refusal(brake)).isNull();
        assertThat(brake.refusal()).isEmpty();
    }

    @Test
    void aMinimumOfNothingSwitchesItOff() {
        DiskBrake brake = brake(0);

        assertThat(holdsWith(brake, 0)).isFalse();
        assertThat(brake.freeBytes()).hasValue(0);
        assertThat(refusal(brake)).isNull();
    }

    @Test
    void whatCannotBeFoundOutLeavesItAsItIs() {
        DiskBrake brake = brake(MIN);
        assertThat(brake.freeBytes()).isEmpty();
        holdsWith(brake, 0);
        trouble = new IOException("the disk does not say");

        look(brake);
        assertThat(brake.holds()).isTrue();

        trouble = null;
        assertThat(holdsWith(brake, 2 * MIN)).isFalse();
    }

    /** A file system that hangs may take one thread, not all of them. */
    @Test
    void looksOnceAtATime() throws InterruptedException {
        ExecutorService worker = Executors.newFixedThreadPool(2);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        DiskBrake brake = new DiskBrake(
                () -> {
                    looks.incrementAndGet();
                    asked.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return 0;
                },
                MIN,
                worker);
        Uni<Void> first = Uni.createFrom().completionStage(brake.look().subscribeAsCompletionStage());
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        look(brake);

        assertThat(looks).hasValue(1);
        assertThat(brake.holds()).isFalse();
        answer.countDown();
        first.await().atMost(SOON);
        assertThat(brake.holds()).isTrue();
        worker.shutdown();
    }

    @Test
    void aRealDiskThatFillsUpAndIsCleared(@TempDir Path directory) throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", directory.toString()) == 0,
                "a file system can be mounted here");
        try {
            FileStore disk = Files.getFileStore(directory);
            DiskBrake brake = new DiskBrake(disk::getUsableSpace, 4 << 20, Runnable::run);
            look(brake);
            assertThat(brake.holds()).isFalse();
            assertThat(brake.freeBytes()).hasValue(8 << 20);

            Path file = Files.write(directory.resolve("much"), new byte[6 << 20]);
            look(brake);
            assertThat(brake.holds()).isTrue();
            assertThat(refusal(brake).reason().message()).contains("only 2 MiB are free");

            Files.delete(file);
            look(brake);
            assertThat(brake.holds()).isFalse();
        } finally {
            assertThat(run("umount", directory.toString())).isZero();
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
