package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What holds of every result, whatever was read. */
final class Sound {
    private Sound() {}

    static void check(Reports reports) {
        if (reports.coverage() != null) {
            assertThat(reports.coverage().linePercent()).isBetween(0.0, 100.0);
        }
        reports.notes().forEach(Sound::clean);
        var tests = reports.tests();
        if (tests == null) {
            return;
        }
        assertThat(tests.passed() + tests.failed() + tests.skipped()).isEqualTo(tests.total());
        assertThat(tests.passed()).isNotNegative();
        assertThat(tests.durationSec()).isBetween(0.0, 1e9);
        assertThat(tests.failures().size()).isEqualTo(Math.min(100, tests.failed()));
        tests.failures().forEach(failure -> {
            assertThat(failure.name()).isNotEmpty();
            Stream.of(failure.name(), failure.suite(), failure.file(), failure.message(), failure.details())
                    .filter(text -> text != null)
                    .forEach(Sound::clean);
            assertThat(failure.line() == null || failure.line() > 0).isTrue();
        });
        assertThat(tests.slowest()).hasSizeLessThanOrEqualTo(10).allMatch(time -> time.durationSec() > 0);
    }

    private static void clean(String text) {
        assertThat(text.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c)))
                .as(text)
                .isTrue();
        try {
            assertThat(StandardCharsets.UTF_8
                            .newEncoder()
                            .encode(CharBuffer.wrap(text))
                            .remaining())
                    .isLessThanOrEqualTo(8192);
        } catch (CharacterCodingException torn) {
            throw new AssertionError("not valid text: " + text, torn);
        }
    }
}
