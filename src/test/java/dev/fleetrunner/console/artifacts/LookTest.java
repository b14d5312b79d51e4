package dev.fleetrunner.console.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LookTest {
    private static Look whole(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Look.of(path, bytes, bytes.length);
    }

    @Test
    void textIsShownAsItIs() {
        assertThat(whole("a.html", "<b>\tä\n").text()).isEqualTo("<b>\tä\n");
    }

    @Test
    void jsonIsPrettyIfItIsJson() {
        assertThat(whole("a.json", "{\"a\":[1]}").text()).contains("\"a\" : [ 1 ]");
        assertThat(whole("a.json", "{\"a\":").text()).isEqualTo("{\"a\":");
    }

    @Test
    void whatDoesNotShowItselfIsTold() {
        assertThat(whole("a.txt", "a\u202eb\u001b[2J").text()).isEqualTo("a\\u{202e}b\\u{1b}[2J");
    }

    @Test
    void whatIsNoTextIsNotShown() {
        assertThat(Look.of("a.txt", new byte[] {(byte) 0xff, 1}, 2).text()).isNull();
        assertThat(whole("a.txt", "a\0b").text()).isNull();
    }

    @Test
    void aCharacterThatIsCutIsNoReasonToTakeItForBinary() {
        byte[] all = "aaä".getBytes(StandardCharsets.UTF_8);
        Look look = Look.of("a.txt", Arrays.copyOf(all, 3), 100);

        assertThat(look.text()).isEqualTo("aa");
        assertThat(look.cut()).isTrue();
        assertThat(Look.of("a.txt", Arrays.copyOf(all, 3), 3).text()).isNull();
    }

    @Test
    void onlyImagesThatCannotHoldAScriptAreDrawn() {
        assertThat(Look.isImage("a/b.PNG")).isTrue();
        assertThat(Look.isImage("a/b.svg")).isFalse();
        assertThat(Look.isImage("a.png/b")).isFalse();
    }
}
