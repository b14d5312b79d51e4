package dev.fleetrunner.logs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.logs.terminal.Ansi.Run;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsiTest {
    private static final Pattern CODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    @Test
    void coloursAndWeightsBecomeStyles() {
        assertThat(Ansi.runs("a\u001b[1;31mb\u001b[22mc\u001b[0md"))
                .containsExactly(new Run("", "a"), new Run("bold red", "b"), new Run("red", "c"), new Run("", "d"));
    }

    @Test
    void coloursBeyondSixteenAreLeftOutWithTheirParameters() {
        assertThat(Ansi.runs("\u001b[38;5;9ma\u001b[38;2;1;4;3mb\u001b[39;48;5;1mc"))
                .containsExactly(new Run("red", "a"), new Run("red", "b"), new Run("", "c"));
    }

    /** In the first column, {@code \e} stands for the escape character. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            plain                          | plain
            \\e[2J\\e[10;10Hcursor         | cursor
            evil\\rgood                    | evil^Mgood
            end of a DOS line\\r           | end of a DOS line
            \\e]0;title\\u0007text         | text
            \\e]8;;http://x\\e\\\\link     | link
            \\e]0;without an end           | 0;without an end
            \\ePdata\\e\\\\text            | text
            \\u009b31mred                  | red
            \\u009dtitle\\u009ctext        | text
            \\e(Bcharset                   | charset
            \\e[31\\u0001x                 | ^Ax
            a\\bb\\u007f                   | a^Hb^?
            \\u202eevil                    | <U+202E>evil
            \\u0085next                    | <U+0085>next
            tab\\there                     | tab\\there
            \\e[8mconcealed                | concealed
            \\e[30;40mblack on black       | black on black
            half\\e                        | half
            half\\e[                       | half
            <script>alert(1)</script>      | <script>alert(1)</script>""")
    void noTextHides(String line, String shown) {
        assertThat(text(Ansi.runs(unescaped(line)))).isEqualTo(unescaped(shown));
    }

    @Test
    void whateverComesThereIsNoControlCharacterAndNoEmptyRunAndOnlyKnownStyles() {
        Random random = new Random(7);
        String alphabet = "\u001b\u009b[]PX^_;:0134589mHJ \\\u0007\u009c\r\tab\u202e";
        for (int i = 0; i < 20_000; i++) {
            String line = random.ints(random.nextInt(30), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .collect(Collectors.joining());
            for (Run run : Ansi.runs(line)) {
                assertThat(run.text()).isNotEmpty().doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\t]]");
                assertThat(run.style()).matches("(bold |dim |italic |underlined )*[a-z]*");
            }
        }
    }

    private static String text(List<Run> runs) {
        return runs.stream().map(Run::text).collect(Collectors.joining());
    }

    private static String unescaped(String text) {
        return CODE.matcher(text.replace("\\e", "\\u001b"))
                .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)))
                .translateEscapes();
    }

    @Test
    void theTextAloneHasNoStyles() {
        assertThat(Ansi.text("plain\ttext")).isEqualTo("plain\ttext");
        assertThat(Ansi.text("\u001b[1mer\u001b[31mror\u001b[0m: \u0000\u202e")).isEqualTo("error: ^@<U+202E>");
    }
}
