package dev.fleetrunner.mcp.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutTest {

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Cut.end("short", 5)).isEqualTo("short");
        assertThat(Cut.middle("short", 5)).isEqualTo("short");
        assertThat(Cut.end(null, 5)).isNull();
    }

    @Test
    void theCutSaysHowMuchIsGone() {
        assertThat(Cut.end("x".repeat(100), 52)).isEqualTo("x".repeat(20) + "…[80 characters cut]…");
        assertThat(Cut.middle("a".repeat(50) + "z".repeat(50), 62))
                .isEqualTo("a".repeat(20) + "…[70 characters cut]…" + "z".repeat(10));
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertThat(Cut.end("😀".repeat(20), 38)).isEqualTo("😀" + "…[19 characters cut]…");
        assertThat(Cut.middle("😀".repeat(20), 45)).startsWith("😀😀…[").endsWith("…😀");
    }

    @Test
    void escapesCountAsTheyAreSent() {
        assertThat(JsonLength.ofText("\n\"\u0001é😀")).isEqualTo(2 + 2 + 6 + 2 + 4);
        assertThat(Cut.end("\n".repeat(50), 42)).isEqualTo("\n".repeat(5) + "…[45 characters cut]…");
    }

    @Test
    void theLengthOfATextIsWhatJacksonWrites() {
        for (int c = 0; c < 0x11000; c++) {
            if (c < 0xd800 || c > 0xdfff) {
                String text = Character.toString(c);
                assertThat(JsonLength.of((Object) text) - 2).as("U+%04X", c).isEqualTo(JsonLength.ofText(text));
            }
        }
    }
}
