package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A report of 120 MB and more is read by a process whose heap of 40 MB could not hold it. */
class EnormousReportsTest {

    @ParameterizedTest
    @Timeout(240)
    @CsvSource({
        "testcases, 10000000, 0, ''",
        "failures, 1153846, 1153846, more failed tests are counted",
        "value, 1, 0, ''",
        "values, 1, 0, ''",
        "text, 2, 1, ''",
        "cdata, 2, 1, ''",
        "comment, 1, 0, ''",
        "one line, 1, 0, ''",
        "tap, 24000000, 0, it has no plan",
        "diagnostics, 1, 1, ''",
        "go output, 0, 0, ''",
        "lcov, 0, 0, ''"
    })
    void needsLittleMemory(String kind, int total, int failed, String note) throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnormousReports.class.getName(),
                        kind)
                .redirectErrorStream(true)
                .start();
        List<String> said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(reader.waitFor()).as(said::toString).isZero();
        assertThat(said).contains("total " + total, "failed " + failed);
        assertThat(said.size()).as(said::toString).isEqualTo(note.isEmpty() ? 2 : 3);
        assertThat(said.get(said.size() - 1)).contains(note);
    }
}
