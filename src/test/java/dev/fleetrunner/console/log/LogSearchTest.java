package dev.fleetrunner.console.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.pipeline.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSearchTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: no such file",
                "AssertionError: 401 != 200",
                "java.lang.NullPointerException",
                "Traceback (most recent call last):",
                "panic: runtime error",
                "thread 'main' panicked at src/main.rs:4",
                "fatal: not a git repository",
                "2 tests failed",
                "Failures: 1, Errors: 0",
                "10 errors"
            })
    void tellsOfTrouble(String line) {
        assertThat(LogSearch.tellsOfTrouble(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tests run: 5, Failures: 0, Errors: 0, Skipped: 0",
                "12 passed, 0 failed",
                "0 errors, no failures",
                "compiling mirror.c",
                "unfailing",
                "ok"
            })
    void countsNoTrouble(String line) {
        assertThat(LogSearch.tellsOfTrouble(line)).isFalse();
    }

    @Test
    void longLinesTakeNoLongTime() {
        String line = "fatale erro pani ".repeat(60_000) + "x".repeat(1_000_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(LogSearch.tellsOfTrouble(line))
                .isFalse());
    }

    @Test
    void nothingCannotBeFound() {
        for (String text : new String[] {null, "", "x".repeat(LogSearch.LONGEST + 1)}) {
            assertThatThrownBy(() -> LogSearch.checked(text))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("text must say what to find, in 1 to 200 characters");
        }
    }
}
