package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the bytes, the reader answers soundly, and soon. */
class FuzzTest {
    private static final int MUTANTS_OF_EACH = 250;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String[] SPLINTERS = {
        "<",
        ">",
        "\"",
        "'",
        "&",
        "&#27;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?",
        "<!DOCTYPE testsuite [",
        "</testcase>",
        "<testsuite>",
        "<failure>",
        "\u0000",
        "\u001B[",
        "#x1B[",
        "NaN",
        "-1",
        "9".repeat(30),
        "\uFEFF",
        "🙂",
        "\r",
        "\n",
        "    ",
        "---\n",
        "...\n",
        "1..9\n",
        "not ok 1 - a {\n",
        "# Subtest: x\n",
        "Bail out!\n",
        "{\"Action\":\"run\"}\n",
        "{\"Action\":\"fail\",\"Package\":\"p\"}\n",
        "\\ud800",
        "end_of_record\n",
        "SF:\n",
        "LF:-3\n",
        ".py:1: ",
        " line 5",
        "(A.java:5)",
        "file:///x.js:1:2",
        "\",line 3",
        "/".repeat(300)
    };

    @Test
    @Timeout(300)
    void answersToAnyMutant() {
        Random random = new Random(42);
        int understood = 0;
        int noted = 0;
        for (Path sample : Samples.all()) {
            byte[] original = Samples.bytes(sample);
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                byte[] mutant = original;
                for (int mutations = 1 + random.nextInt(6); mutations > 0; mutations--) {
                    mutant = mutate(mutant, random);
                }
                Reports reports = soon(mutant, sample);
                understood += reports.tests() != null || reports.coverage() != null ? 1 : 0;
                noted += reports.notes().isEmpty() ? 0 : 1;
            }
        }
        assertThat(understood).as("most mutants still say something").isGreaterThan(1000);
        assertThat(noted).as("many are malformed, and that is noted").isGreaterThan(500);
    }

    private static Reports soon(byte[] mutant, Path sample) {
        long before = System.nanoTime();
        Reports reports = new ReportReader().read(List.of(Samples.file("/w/r", mutant)));
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as(() -> sample + ": " + new String(mutant, StandardCharsets.UTF_8))
                .isLessThan(SOON);
        Sound.check(reports);
        return reports;
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(200));
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] = (byte) random.nextInt(256);
                yield flipped;
            }
            case 1 -> joined(Arrays.copyOf(bytes, at), new byte[0], Arrays.copyOfRange(bytes, to, bytes.length));
            case 2 ->
                joined(
                        Arrays.copyOf(bytes, to),
                        Arrays.copyOfRange(bytes, at, to),
                        Arrays.copyOfRange(bytes, to, bytes.length));
            case 3 -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            default -> {
                byte[] splinter = SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8);
                yield joined(Arrays.copyOf(bytes, at), splinter, Arrays.copyOfRange(bytes, at, bytes.length));
            }
        };
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
