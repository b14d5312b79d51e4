package dev.fleetrunner.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A runner takes over what another one started: every byte of both streams, from wherever the other one was, and the
 * exit. The commands write what a file says, so that what they wrote is known exactly.
 */
class TakeoverContractTest extends RuntimeContract {
    /** Writes the file's parts: a stream's number, a length, the bytes, and a pause in milliseconds between them. */
    private static final String WRITER = "$| = 1; binmode STDOUT; open my $f, '<:raw', '/data/parts' or die; "
            + "while (read($f, my $h, 12) == 12) { my ($s, $n, $ms) = unpack 'N3', $h; read $f, my $b, $n; "
            + "my $o = $s == 2 ? *STDERR : *STDOUT; my $at = 0; "
            + "while ($at < $n) { my $w = syswrite $o, $b, $n - $at, $at; die unless $w; $at += $w } "
            + "select undef, undef, undef, $ms / 1000 if $ms }";

    private static final int KIB = 1 << 10;

    @TempDir
    Path directory;

    /** What a command writes at once. */
    private record Part(int stream, byte[] bytes, int pauseMillis) {}

    private static Part out(String text) {
        return new Part(1, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static Part err(String text) {
        return new Part(2, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static Part slow(Part part) {
        return new Part(part.stream(), part.bytes(), 40);
    }

    private static byte[] all(List<Part> parts, int stream) {
        var all = new ByteArrayOutputStream();
        parts.stream().filter(part -> part.stream() == stream).forEach(part -> all.writeBytes(part.bytes()));
        return all.toByteArray();
    }

    // ---- endings

    @Test
    void noOutputAtAll() {
        exactFromEverywhere(List.of());
    }

    @Test
    void noLastNewlineOnStandardOutput() {
        exactFromEverywhere(List.of(out("a\nb"), err("c\n")));
    }

    @Test
    void noLastNewlineOnStandardError() {
        exactFromEverywhere(List.of(out("a\n"), err("b\nc")));
    }

    @Test
    void noLastNewlineOnBoth() {
        exactFromEverywhere(List.of(out("a"), err("b")));
    }

    @Test
    void nothingButNewlines() {
        exactFromEverywhere(List.of(out("\n"), err("\n\n"), out("\n\na\n\n")));
    }

    // ---- lines

    @Test
    void linesAroundTheSizesAtWhichEnginesCut() {
        for (int length : new int[] {
            8 * KIB - 1, 8 * KIB, 8 * KIB + 1, 16_281, 16 * KIB - 1, 16 * KIB, 16 * KIB + 1, 16_486, 32 * KIB, 64 * KIB
        }) {
            String line = "x".repeat(length);
            exactFromEverywhere(List.of(
                    out(line + "\n"),
                    err(line + "\n\n"),
                    out("y\n"),
                    out(line + "\n" + line + "\n"),
                    err(line),
                    out("\n" + line)));
        }
    }

    @Test
    void aLineOfOneMebibyte() {
        String line = "0123456789abcdef".repeat(64 * KIB);
        exactFromEverywhere(List.of(out(line + "\nnext\n"), err(line), out(line)));
    }

    @Test
    void carriageReturns() {
        exactFromEverywhere(List.of(out("a\r\nb\rc\r\n\r\n\r"), err("\r"), out("\r\r\n"), err("\n\r")));
    }

    @Test
    void aLineWrittenInPieces() {
        exactFromEverywhere(List.of(
                slow(out("one ")),
                slow(err("uno ")),
                slow(out("two ")),
                slow(err("due\nt")),
                slow(out("three\nfo")),
                slow(err("re")),
                out("ur")));
    }

    // ---- bytes

    @Test
    void allBytes() {
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        exactFromEverywhere(List.of(new Part(1, all, 0), new Part(2, all, 0), out("\0\n\0"), new Part(1, all, 0)));
    }

    @Test
    void charactersThatAreCutAndThatAreNone() {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        exactFromEverywhere(List.of(
                new Part(1, new byte[] {euro[0]}, 40),
                new Part(1, new byte[] {euro[1], euro[2], '\n', (byte) 0xc3, '\n', (byte) 0xff, (byte) 0xfe}, 0),
                out("\n€€€\n")));
    }

    @Test
    void randomOutputOnBothStreams() {
        for (int seed = 1; seed <= 3; seed++) {
            var random = new Random(seed);
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 40_000 : 300)];
                random.nextBytes(bytes);
                for (int at = 0; at < bytes.length; at += 1 + random.nextInt(20_000)) {
                    bytes[at] = '\n';
                }
                parts.add(new Part(1 + random.nextInt(2), bytes, random.nextInt(5) == 0 ? 5 : 0));
            }
            exactFromEverywhere(parts);
        }
    }

    // ---- while it runs, and killed

    @Test
    void aCommandThatStillRunsIsFollowedToItsEnd() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            parts.add(slow(i % 3 == 0 ? err("e" + i + "\n") : out("o" + i + (i % 2 == 0 ? "\n" : " "))));
        }
        Started started = start(writer(parts));
        AssertSubscriber<LogChunk> first =
                started.running().output().subscribe().withSubscriber(AssertSubscriber.create(7));
        await().atMost(LIMIT).until(() -> first.getItems().size() == 7);
        first.cancel();
        LogCursor cursor = cursor(first.getItems());

        TaskRun rest = adopt(started, cursor);

        assertThat(cursor.stdoutBytes()).isPositive();
        assertExact(rest, parts, cursor);
    }

    @Test
    void theOutputOfACommandThatWasKilledIsExact() {
        String longLine = "x".repeat(20_000) + "\n";
        List<Part> parts = List.of(out("one\n" + longLine), err("two\n"), slow(err("no newline")), out("end"));
        Started started = start(command("perl", "-e", WRITER + " sleep 600")
                .mount(new ContainerSpec.MountSpec.Bind(written(parts), "/data", true)));
        List<LogChunk> seen = new CopyOnWriteArrayList<>();
        var drained =
                started.running().output().invoke(seen::add).collect().last().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(() -> cursor(seen).equals(end(parts)));

        runtime.stop(started.ref(), Duration.ZERO).await().atMost(LIMIT);

        drained.join();
        assertThat(cursor(seen)).isEqualTo(end(parts));
        assertThat(started.running().exit().await().atMost(LIMIT).code()).isNotZero();
        for (LogCursor from : List.of(LogCursor.START, new LogCursor(2, 5), end(parts))) {
            assertExact(adopt(started, from), parts, from);
        }
    }

    // ---- the engine has thrown the beginning away

    @Test
    void whatTheEngineHasThrownAwayIsTold() {
        Started started = start(command(
                        "perl",
                        "-e",
                        "$| = 1; print qq(early $_\\n) for 1..3000; sleep 3; print qq(late $_\\n) for 1..20; exit 3")
                .logBytes(20_000));
        AssertSubscriber<LogChunk> first =
                started.running().output().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        await().atMost(LIMIT).until(() -> text(first.getItems()).contains("early 3000\n"));
        Instant lastAt = Instant.now();
        first.cancel();
        LogCursor cursor = cursor(first.getItems());

        RunningContainer adopted = runtime.adopt(started.ref(), new LogResume(cursor, lastAt))
                .await()
                .atMost(LIMIT);
        boolean missing = adopted.outputMissing();
        TaskRun rest = TaskRun.finish(adopted);

        assertThat(missing).isTrue();
        assertThat(rest.out())
                .isEqualTo(IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> "late " + i + "\n")
                        .collect(Collectors.joining()));
        assertThat(rest.exit().code()).isEqualTo(3);
        assertThat(rest.exit().cpuSeconds()).isNotNull();
    }

    @Test
    void whatTheEngineThrowsAwayWhileItsLogIsReadIsTold() {
        Started started = start(
                command("perl", "-e", "$| = 1; print qq(first\\n); sleep 2; print qq(line $_\\n) for 1..3000; sleep 1")
                        .logBytes(20_000));
        RunningContainer adopted =
                runtime.adopt(started.ref(), LogResume.START).await().atMost(LIMIT);
        boolean missing = adopted.outputMissing();

        adopted.output()
                .onFailure(RuntimeFailure.class)
                .recoverWithCompletion()
                .collect()
                .last()
                .await()
                .atMost(LIMIT);

        assertThat(missing).isFalse();
        RunningContainer again =
                runtime.adopt(started.ref(), LogResume.START).await().atMost(LIMIT);
        assertThat(adopted.outputMissing() || again.outputMissing()).isTrue();
        TaskRun.finish(again);
    }

    // ---- steps

    /** Adopts it when it has ended, from many places in its output, and compares what comes with what was written. */
    private void exactFromEverywhere(List<Part> parts) {
        ContainerSpec spec = writer(parts).build();
        prepare(spec);
        var ref = new ContainerRef(spec.taskId());
        var started = new Started(ref, runtime.start(ref).await().atMost(LIMIT));
        assertExact(TaskRun.finish(started.running()), parts, LogCursor.START);
        LogCursor end = end(parts);
        for (LogCursor from : List.of(
                LogCursor.START,
                new LogCursor(Math.min(1, end.stdoutBytes()), Math.min(2, end.stderrBytes())),
                new LogCursor(end.stdoutBytes() / 2, end.stderrBytes() / 3),
                new LogCursor(Math.max(0, end.stdoutBytes() - 1), end.stderrBytes()),
                end)) {
            TaskRun run = adopt(started, from);
            assertExact(run, parts, from);
            assertThat(run.exit().code()).isZero();
            assertThat(run.exit().cpuSeconds()).as("the report has come").isNotNull();
        }
        runtime.remove(ref).await().atMost(LIMIT);
    }

    private TaskRun adopt(Started started, LogCursor from) {
        RunningContainer adopted = runtime.adopt(started.ref(), new LogResume(from, Instant.now()))
                .await()
                .atMost(LIMIT);
        TaskRun run = TaskRun.finish(adopted);
        assertThat(adopted.outputMissing()).isFalse();
        return run;
    }

    private static void assertExact(TaskRun run, List<Part> parts, LogCursor from) {
        assertThat(run.stdout()).as("stdout from %s", from).isEqualTo(tail(all(parts, 1), from.stdoutBytes()));
        assertThat(run.stderr()).as("stderr from %s", from).isEqualTo(tail(all(parts, 2), from.stderrBytes()));
    }

    private static byte[] tail(byte[] bytes, long from) {
        return Arrays.copyOfRange(bytes, (int) from, bytes.length);
    }

    private static LogCursor end(List<Part> parts) {
        return new LogCursor(all(parts, 1).length, all(parts, 2).length);
    }

    private static LogCursor cursor(List<LogChunk> chunks) {
        return new LogCursor(length(chunks, LogStream.STDOUT), length(chunks, LogStream.STDERR));
    }

    private static long length(List<LogChunk> chunks, LogStream stream) {
        return chunks.stream()
                .filter(chunk -> chunk.stream() == stream)
                .mapToLong(chunk -> chunk.bytes().length)
                .sum();
    }

    private SpecBuilder writer(List<Part> parts) {
        return command("perl", "-e", WRITER).mount(new ContainerSpec.MountSpec.Bind(written(parts), "/data", true));
    }

    private String written(List<Part> parts) {
        try {
            Path data = Files.createTempDirectory(directory, "parts");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            var file = new ByteArrayOutputStream();
            for (Part part : parts) {
                file.writeBytes(ByteBuffer.allocate(12)
                        .putInt(part.stream())
                        .putInt(part.bytes().length)
                        .putInt(part.pauseMillis())
                        .array());
                file.writeBytes(part.bytes());
            }
            Files.write(data.resolve("parts"), file.toByteArray());
            return data.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
