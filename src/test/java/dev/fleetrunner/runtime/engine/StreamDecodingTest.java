package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.RuntimeFailure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's stream, cut anywhere: frames come apart exactly, and init's report is found and taken out. */
class StreamDecodingTest {
    private static final String NONCE = InitReport.nonce("instance", "task");
    private static final String REPORT = "\u001efleet-init:" + NONCE
            + " exec=2 signal=9 deadline=1 wall_ms=12 oom=3 cpu_ns=1500000000 peak=4096 disk=8192\n\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void framesAreExactHoweverTheTransportCutsThem(int seed) {
        var random = new Random(seed);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        byte[] stream = randomFrames(random, out, err);

        List<LogChunk> chunks = decode(cut(random, stream));

        assertThat(bytes(chunks, LogStream.STDOUT)).isEqualTo(out.toByteArray());
        assertThat(bytes(chunks, LogStream.STDERR)).isEqualTo(err.toByteArray());
    }

    @Test
    void aFrameOfAnUnknownStreamIsACause() {
        assertThatThrownBy(() -> new FrameDecoder().decode(new byte[] {9, 0, 0, 0, 0, 0, 0, 1, 'x'}))
                .isInstanceOfSatisfying(
                        RuntimeFailure.class,
                        failure -> assertThat(failure.reason().code()).isEqualTo(CauseCode.ENGINE_FAILED));
    }

    @Test
    void anyBytesAreFramesOrACause() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int seed = 0; seed < 500; seed++) {
                var random = new Random(seed);
                byte[] stream = randomFrames(random, new ByteArrayOutputStream(), new ByteArrayOutputStream());
                for (int change = random.nextInt(20); change >= 0; change--) {
                    stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
                }
                try {
                    List<LogChunk> chunks = decode(cut(random, stream));
                    assertThat(chunks.stream()
                                    .mapToInt(chunk -> chunk.bytes().length)
                                    .sum())
                            .isLessThanOrEqualTo(stream.length);
                } catch (RuntimeFailure cause) {
                    assertThat(cause.reason().code()).isEqualTo(CauseCode.ENGINE_FAILED);
                }
            }
        });
    }

    @Test
    void theReportIsTakenOutWhereverItIsCut() {
        String own = "last words without newline";
        byte[] text = (own + REPORT).getBytes(StandardCharsets.UTF_8);
        for (int at = 1; at < text.length; at++) {
            var filter = new InitWordsFilter(LogStream.STDERR, NONCE);
            List<LogChunk> chunks = new ArrayList<>();
            for (byte[] part : List.of(Arrays.copyOf(text, at), Arrays.copyOfRange(text, at, text.length))) {
                chunks.addAll(filter.filter(new LogChunk(LogStream.STDERR, part, Instant.EPOCH)));
            }
            chunks.addAll(filter.rest());
            assertThat(new String(bytes(chunks, LogStream.STDERR), StandardCharsets.UTF_8))
                    .isEqualTo(own);
            assertThat(InitReport.parse(filter.lastWords()))
                    .isEqualTo(new InitReport(2, 9, true, 12L, 3L, 1_500_000_000L, 4096L, 8192L, 0));
        }
    }

    @Test
    void theFirstWordsAreTakenOutAtTheBeginningAlone() {
        byte[] first = InitReport.firstWords(NONCE);
        String own = new String(first, StandardCharsets.UTF_8) + "own";
        byte[] text = (new String(first, StandardCharsets.UTF_8) + own).getBytes(StandardCharsets.UTF_8);
        for (int at = 1; at < text.length; at++) {
            var filter = new InitWordsFilter(LogStream.STDOUT, NONCE);
            List<LogChunk> chunks = new ArrayList<>();
            for (byte[] part : List.of(Arrays.copyOf(text, at), Arrays.copyOfRange(text, at, text.length))) {
                chunks.addAll(filter.filter(new LogChunk(LogStream.STDOUT, part, Instant.EPOCH)));
            }
            chunks.addAll(filter.rest());
            assertThat(new String(bytes(chunks, LogStream.STDOUT), StandardCharsets.UTF_8))
                    .isEqualTo(own);
        }
    }

    @Test
    void theFirstWordsDoNotTellHowTheLastAreMarked() {
        assertThat(new String(InitReport.firstWords(NONCE), StandardCharsets.UTF_8))
                .contains(NONCE.substring(0, 16))
                .doesNotContain(NONCE.substring(0, 17));
    }

    @Test
    void whatOnlyLooksLikeAReportIsTheCommandsOwn() {
        for (String own : List.of(
                "\u001e",
                "\u001efleet-init:",
                "a\u001efleet-init:00000000000000000000000000000000 exec=0\n",
                "\u001efleet-init:" + NONCE + " " + "x".repeat(5000),
                "\u001e\u001e\u001e")) {
            var filter = new InitWordsFilter(LogStream.STDERR, NONCE);
            List<LogChunk> chunks = new ArrayList<>(
                    filter.filter(new LogChunk(LogStream.STDERR, own.getBytes(StandardCharsets.UTF_8), Instant.EPOCH)));
            chunks.addAll(filter.rest());
            assertThat(new String(bytes(chunks, LogStream.STDERR), StandardCharsets.UTF_8))
                    .isEqualTo(own);
            assertThat(filter.lastWords()).isNull();
        }
    }

    @Test
    void aLineWaitsForNothing() {
        var filter = new InitWordsFilter(LogStream.STDERR, NONCE);
        var line = new LogChunk(LogStream.STDERR, "line\n".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        assertThat(bytes(filter.filter(line), LogStream.STDERR)).isEqualTo(line.bytes());
    }

    @Test
    void numbersThatInitDoesNotKnowAreNull() {
        InitReport report = InitReport.parse("exec=0 signal=0 deadline=0 wall_ms=-1 oom=-1 cpu_ns=x peak=-1\n");
        assertThat(report).isEqualTo(new InitReport(0, 0, false, null, null, null, null, null, 0));
    }

    private static List<LogChunk> decode(List<byte[]> parts) {
        var decoder = new FrameDecoder();
        var words = new InitWords(NONCE);
        List<LogChunk> chunks = new ArrayList<>();
        for (byte[] part : parts) {
            for (FrameDecoder.Part piece : decoder.decode(part)) {
                chunks.addAll(words.filter(new LogChunk(piece.stream(), piece.bytes(), Instant.EPOCH)));
            }
        }
        chunks.addAll(words.rest());
        return chunks;
    }

    private static byte[] randomFrames(Random random, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            byte[] content = new byte[random.nextInt(300)];
            random.nextBytes(content);
            int number = 1 + random.nextInt(2);
            (number == 1 ? out : err).writeBytes(content);
            stream.writeBytes(ByteBuffer.allocate(8)
                    .put((byte) number)
                    .putInt(4, content.length)
                    .array());
            stream.writeBytes(content);
        }
        return stream.toByteArray();
    }

    private static List<byte[]> cut(Random random, byte[] stream) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(1 + random.nextInt(random.nextBoolean() ? 5 : 700), stream.length - at);
            parts.add(Arrays.copyOfRange(stream, at, at + length));
            at += length;
        }
        return parts;
    }

    private static byte[] bytes(List<LogChunk> chunks, LogStream stream) {
        var all = new ByteArrayOutputStream();
        chunks.stream().filter(chunk -> chunk.stream() == stream).forEach(chunk -> all.writeBytes(chunk.bytes()));
        return all.toByteArray();
    }
}
