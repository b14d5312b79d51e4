package dev.fleetrunner.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a strange command might write, by seed: any bytes, any borders, both streams, not always a newline at the end. */
final class RandomOutput {
    private static final String[] WORDS = {
        "plain", "\n", "\n", "\r\n", "\t", "\"quoted\\\"", "é", "日本", "😀", "\u0000", "\u001b[31m", "{\"seq\":1}", " "
    };

    final List<LogChunk> chunks = new ArrayList<>();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    RandomOutput(long seed) {
        Random random = new Random(seed);
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            byte[] said = piece(random);
            LogStream stream = random.nextInt(3) == 0 ? LogStream.STDERR : LogStream.STDOUT;
            int from = 0;
            while (from < said.length) {
                int to = Math.min(said.length, from + 1 + random.nextInt(random.nextInt(said.length) + 1));
                add(stream, Arrays.copyOfRange(said, from, to), i);
                from = to;
            }
        }
    }

    private void add(LogStream stream, byte[] bytes, int millis) {
        chunks.add(new LogChunk(stream, bytes, WithLogStore.NOW.plusMillis(millis)));
        all.writeBytes(bytes);
        (stream == LogStream.STDOUT ? stdout : stderr).writeBytes(bytes);
    }

    private static byte[] piece(Random random) {
        if (random.nextInt(40) == 0) {
            byte[] letters = new byte[LogRecord.MAX_BYTES - 2 + random.nextInt(5)];
            Arrays.fill(letters, (byte) 'x');
            return letters;
        }
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[1 + random.nextInt(60)];
            random.nextBytes(noise);
            return noise;
        }
        StringBuilder text = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Both streams in the order of writing. */
    byte[] all() {
        return all.toByteArray();
    }

    byte[] of(LogStream stream) {
        return (stream == LogStream.STDOUT ? stdout : stderr).toByteArray();
    }
}
