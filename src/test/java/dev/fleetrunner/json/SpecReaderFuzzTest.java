package dev.fleetrunner.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever arrives, the reader answers, and soon. */
class SpecReaderFuzzTest {
    private static final int MUTANTS = 5_000;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String[] SPLINTERS = {
        "null",
        "[[[[",
        "{\"a\":",
        "1e999999999",
        "-0.0",
        "9".repeat(99),
        "\"\\ud800\"",
        "\\u0000",
        "\u0000",
        "]}",
        "\"",
        "~",
        "{\"cmd\":[\"a\"]}",
        "true",
        "-",
        "🙂"
    };

    private final SpecReader reader = new SpecReader();

    @Test
    @Timeout(60)
    void answersToAnyMutant() {
        Random random = new Random(42);
        byte[] original = Corpus.example("full.json");
        int accepted = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = original;
            for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
                mutant = mutate(mutant, random);
            }
            Read read = reader.read(mutant);
            if (read instanceof Read.Ok ok) {
                accepted++;
                assertThat(reader.read(new SpecWriter().write(ok.spec()))).isEqualTo(ok);
            } else {
                assertThat(((Read.Faulty) read).faults()).isNotEmpty();
            }
        }
        assertThat(accepted).as("some mutants are harmless, most are not").isBetween(1, MUTANTS / 2);
    }

    @Test
    void isSoonDoneWithHugeDocuments() {
        int room = 1_000_000;
        String[] documents = {
            "{\"cmd\":[" + "1,".repeat(room / 2) + "1]}",
            "{\"cmd\":[\"a\"],\"image\":\"" + "a-".repeat(room / 2) + "\"}",
            "{\"cmd\":[\"a\"],\"artifacts\":{\"paths\":[\"" + "/a".repeat(room / 2) + "\"]}}",
            "{\"cmd\":[\"a\"],\"user\":\"" + "1".repeat(room) + "\"}",
            "{\"cmd\":[\"a\"],\"timeouts\":{" + manyFields(room / 16) + "}}",
            "{\"cmd\":[\"a\"],\"env\":{" + manyFields(room / 16) + "}}",
            "[".repeat(room),
            "{\"a\":".repeat(room / 5),
            "{\"cmd\":[\"" + "\\u0000".repeat(room / 6) + "\"]}",
            " ".repeat(room)
        };
        for (String document : documents) {
            long before = System.nanoTime();
            assertThat(reader.read(document.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Read.Faulty.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as(() -> document.substring(0, 30))
                    .isLessThan(SOON);
        }
    }

    private static String manyFields(int count) {
        StringBuilder fields = new StringBuilder("\"f\":1");
        for (int i = 0; i < count; i++) {
            fields.append(",\"f").append(i).append("\":1");
        }
        return fields.toString();
    }

    private static byte[] mutate(byte[] document, Random random) {
        if (document.length < 2) {
            return document;
        }
        int from = random.nextInt(document.length);
        int to = Math.min(document.length, from + random.nextInt(20));
        byte[] head = Arrays.copyOf(document, from);
        byte[] piece = Arrays.copyOfRange(document, from, to);
        return switch (random.nextInt(4)) {
            case 0 -> join(head, Arrays.copyOfRange(document, to, document.length));
            case 1 -> join(head, piece, piece, Arrays.copyOfRange(document, to, document.length));
            case 2 -> {
                byte[] changed = document.clone();
                changed[from] = (byte) random.nextInt(256);
                yield changed;
            }
            default ->
                join(
                        head,
                        SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(document, to, document.length));
        };
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
