package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogFormatTest extends WithLogStore {

    @Test
    void aLineIsOneObject() {
        log(out("hello\n"), err("say \"hi\"\t\\ é\u0001\r\n"), out("no end"));

        assertThat(fileLines())
                .containsExactly(
                        "{\"seq\":1,\"ts\":\"2026-11-22T10:00:00.123Z\",\"stream\":\"stdout\",\"text\":\"hello\",\"eol\":true}",
                        "{\"seq\":2,\"ts\":\"2026-11-22T10:00:00.123Z\",\"stream\":\"stderr\","
                                + "\"text\":\"say \\\"hi\\\"\\t\\\\ é\\u0001\\r\",\"eol\":true}",
                        "{\"seq\":3,\"ts\":\"2026-11-22T10:00:00.123Z\",\"stream\":\"stdout\",\"text\":\"no end\",\"eol\":false}");
    }

    @Test
    void whatIsNotTextIsInBase64() {
        log(new LogChunk(LogStream.STDOUT, new byte[] {'a', (byte) 0xFF, '"', '\n'}, NOW));

        assertThat(fileLines())
                .containsExactly(
                        "{\"seq\":1,\"ts\":\"2026-11-22T10:00:00.123Z\",\"stream\":\"stdout\",\"b64\":\"Yf8i\",\"eol\":true}");
    }

    @Test
    void textStaysTextThoughItsCharactersAreSplitBetweenChunks() {
        byte[] bytes = "日本語😀\n".getBytes(StandardCharsets.UTF_8);
        LogChunk[] chunks = new LogChunk[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            chunks[i] = new LogChunk(LogStream.STDOUT, new byte[] {bytes[i]}, NOW);
        }

        log(chunks);

        assertThat(fileLines()).hasSizeGreaterThan(0).allSatisfy(line -> assertThat(line)
                .contains("\"text\":"));
        assertThat(plain(null)).isEqualTo(bytes);
    }

    @Test
    void aLineOfOneMebibyteIsSixteenRecordsOfTextAndTheLastHasTheNewline() {
        byte[] line = new byte[1024 * 1024];
        Arrays.fill(line, (byte) 'x');
        line[500_000] = 1;

        log(new LogChunk(LogStream.STDOUT, line, NOW), out("\n"));

        assertThat(read(LogQuery.all()))
                .hasSize(16)
                .extracting(entry -> ((LogRecord.Line) entry).eol())
                .containsExactly(
                        false, false, false, false, false, false, false, false, false, false, false, false, false,
                        false, false, true);
        assertThat(plain(null)).startsWith(line).hasSize(line.length + 1);
    }

    @Test
    void anEmptyLogHasNothingAndAnEnd() {
        LogInfo sealed = log();

        assertThat(sealed.records()).isZero();
        assertThat(sealed.sealed()).isTrue();
        assertThat(read(LogQuery.all())).isEmpty();
        assertThat(plain(null)).isEmpty();
    }

    @Test
    void aLogThatNobodyBeganReadsAsEmptyAndIsNotSealed() {
        assertThat(read(LogQuery.all())).isEmpty();
        assertThat(info().records()).isZero();
        assertThat(info().sealed()).isFalse();
    }
}
