package dev.fleetrunner.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people see. */
class TableTest {
    private static final Style PLAIN = new Style(false);

    @Test
    void columnsAreAsWideAsWhatIsInThem() {
        Table table = new Table("A", "LONG").row("wide one", null);
        assertThat(table.lines(PLAIN, 0)).containsExactly("A         LONG", "wide one  -");
    }

    @Test
    void linesAreNoLongerThanTheTerminalIsWide() {
        Table table = new Table("A", "B").row("1234567890", "abcdefghij");
        assertThat(table.lines(PLAIN, 16))
                .allMatch(line -> line.length() <= 16)
                .last()
                .asString()
                .endsWith("…");
    }

    @Test
    void whatATerminalWouldObeyIsTakenOut() {
        assertThat(new Table("A").row("\033[2Jx\ny").lines(PLAIN, 0)).last().isEqualTo(" [2Jx y");
    }

    @Test
    void statesHaveColours() {
        assertThat(new Table("S").row("failed").lines(new Style(true), 0))
                .last()
                .isEqualTo("\033[31mfailed\033[0m");
    }

    @Test
    void numbersAreReadable() {
        assertThat(Words.bytes(0)).isEqualTo("0 B");
        assertThat(Words.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Words.bytes(5L << 40)).isEqualTo("5.0 TiB");
        assertThat(Words.span(Duration.ofSeconds(59))).isEqualTo("59s");
        assertThat(Words.span(Duration.ofSeconds(3599))).isEqualTo("59m 59s");
        assertThat(Words.span(Duration.ofHours(25))).isEqualTo("25h 0m");
        assertThat(Words.span(Duration.ofDays(3))).isEqualTo("3d");
    }
}
