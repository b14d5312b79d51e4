package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.engine.LogEntries.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Docker's log makes of lines that fill its buffer, here of four bytes. */
class LongLinesTest {
    private static final int PART = 4;

    @Test
    void theNewlineOfALongLineIsGivenBackWhenMoreFollows() {
        assertThat(restored(at(1, "abcd"), at(1, "efgh"), at(1, "ij"))).isEqualTo("abcdefghij");
        assertThat(restored(at(1, "abcd"), at(1, "efgh"), at(1, "ij"), at(2, "k\n")))
                .isEqualTo("abcdefghij\nk\n");
    }

    @Test
    void anEmptyLastPartIsTheNewline() {
        assertThat(restored(at(1, "abcd"), at(1, ""), at(2, "e\n"))).isEqualTo("abcd\ne\n");
    }

    @Test
    void aDockerThatForgetsNothingIsLeftAsItIs() {
        assertThat(restored(at(1, "abcd"), at(1, "ef\n"), at(2, "ghij"), at(2, "\n"), at(3, "k\n")))
                .isEqualTo("abcdef\nghij\nk\n");
    }

    @Test
    void aLineThatFillsTheBufferWithItsNewlineIsWhole() {
        assertThat(restored(at(1, "abc\n"), at(2, "d\n"))).isEqualTo("abc\nd\n");
    }

    @Test
    void aPartThatADaemonLeftBehindIsNoEndOfALine() {
        assertThat(restored(at(1, "abcd"), at(2, "e\n"), at(3, "f"))).isEqualTo("abcde\nf");
    }

    private static Entry at(int second, String text) {
        return new Entry(LogStream.STDOUT, text.getBytes(StandardCharsets.UTF_8), Instant.EPOCH.plusSeconds(second));
    }

    private static String restored(Entry... entries) {
        var lines = new LongLines(PART);
        return Arrays.stream(entries)
                .flatMap(entry -> lines.restore(entry).stream())
                .map(LogChunk::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
