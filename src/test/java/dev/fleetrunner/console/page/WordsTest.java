package dev.fleetrunner.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"-5, just now", "59, just now", "60, 1 min ago", "3599, 59 min ago", "7200, 2 h ago", "172800, 2 d ago"
    })
    void timesThatHavePassed(long seconds, String words) {
        assertThat(Words.ago(NOW.minusSeconds(seconds), NOW)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0.0 s", "449, 0.4 s", "9990, 10.0 s", "59999, 59 s", "61000, 1 min 1 s", "3660000, 1 h 1 min"})
    void durations(long millis, String words) {
        assertThat(Words.duration(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1023, 1023 bytes", "1024, 1.0 KiB", "734003200, 700.0 MiB", "4294967296, 4.0 GiB"})
    void bytes(long bytes, String words) {
        assertThat(Words.bytes(bytes)).isEqualTo(words);
    }

    @Test
    void commandsCanBePastedIntoAShell() {
        assertThat(Words.command(List.of("/bin/sh", "-c", "echo 'a b'; exit 3", "")))
                .isEqualTo("/bin/sh -c 'echo '\\''a b'\\''; exit 3' ''");
    }
}
