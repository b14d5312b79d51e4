package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges of the plain text against what a slice of the command's own output would be. */
class LogRangeTest extends WithLogStore {
    private static final int SEEDS = 60;

    @Test
    void aRangeOfAStreamIsASliceOfWhatTheCommandWroteToIt() {
        Random random = new Random(3);
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomOutput output = write(seed);
            for (LogStream stream : List.of(LogStream.STDOUT, LogStream.STDERR)) {
                assertSlice(random, stream, output.of(stream));
            }
            store.delete(TASK).await().atMost(SOON);
        }
    }

    @Test
    void aRangeOfBothStreamsIsASliceOfTheWhole() {
        Random random = new Random(4);
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomOutput output = write(seed);
            byte[] whole = plain(null);
            assertThat(whole).hasSameSizeAs(output.all());
            assertSlice(random, null, whole);
            store.delete(TASK).await().atMost(SOON);
        }
    }

    private void assertSlice(Random random, LogStream stream, byte[] whole) {
        int offset = random.nextInt(whole.length + 1);
        int length = random.nextInt(whole.length + 1);
        byte[] slice = Arrays.copyOfRange(whole, offset, Math.min(whole.length, offset + length));

        assertThat(plain(stream, offset, length))
                .as("%s, %d bytes from %d", stream, length, offset)
                .isEqualTo(slice);
    }

    @Test
    void bothStreamsTogetherAreInTheOrderOfWriting() {
        log(out("a"), err("b\n"), out("c\n"), err("d"), out("e"));

        assertThat(new String(plain(null), StandardCharsets.UTF_8)).isEqualTo("ab\nc\nde");
    }

    @Test
    void aRangeOfALongLogIsFoundThroughTheIndexAndWithoutIt() throws IOException {
        numbered(50_000);
        byte[] whole = plain(null);

        byte[] indexed = plain(null, 300_000, 1_000);
        Files.delete(info().file().resolveSibling("log.index"));
        byte[] scanned = plain(null, 300_000, 1_000);

        assertThat(indexed)
                .isEqualTo(Arrays.copyOfRange(whole, 300_000, 301_000))
                .isEqualTo(scanned);
    }

    @Test
    void behindTheEndIsNothing() {
        log(out("12345\n"));

        assertThat(plain(null, 6, 10)).isEmpty();
        assertThat(plain(null, 600, 10)).isEmpty();
        assertThat(plain(null, 5, Long.MAX_VALUE)).containsExactly('\n');
        assertThat(plain(LogStream.STDERR, 0, 10)).isEmpty();
        assertThat(plain(LogStream.RUNNER, 0, 10)).isEmpty();
    }

    private RandomOutput write(int seed) {
        RandomOutput output = new RandomOutput(seed);
        LogWriter writer = open();
        append(writer, output.chunks);
        seal(writer);
        return output;
    }
}
