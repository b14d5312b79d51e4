package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports that were cut off, or come in another encoding, or hold numbers that are none. */
class DamagedTest {

    static List<Path> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsEveryEncoding(Path sample) {
        String text = new String(Samples.bytes(sample), StandardCharsets.UTF_8);
        Reports expected = new ReportReader().read(List.of(Samples.file("/w/r", Samples.bytes(sample))));

        assertThat(read("\uFEFF" + text, StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(read("\uFEFF" + text, StandardCharsets.UTF_16LE)).isEqualTo(expected);
        assertThat(read("\uFEFF" + text, StandardCharsets.UTF_16BE)).isEqualTo(expected);
        assertThat(read(text, StandardCharsets.UTF_16LE)).isEqualTo(expected);
        assertThat(read(text, StandardCharsets.UTF_16BE)).isEqualTo(expected);
        assertThat(read(text.replace("\n", "\r\n"), StandardCharsets.UTF_8).tests() == null)
                .isEqualTo(expected.tests() == null);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void survivesEveryCut(Path sample) {
        byte[] whole = Samples.bytes(sample);
        int step = Math.max(1, whole.length / 200);
        for (int length = 0; length < whole.length; length += step) {
            Reports reports = new ReportReader().read(List.of(Samples.file("/w/r", Arrays.copyOf(whole, length))));
            Sound.check(reports);
        }
    }

    @Test
    void countsWhatCameBeforeTheCut() {
        String report = new String(Samples.bytes("pytest.xml"), StandardCharsets.UTF_8);

        Reports reports = Samples.read(report.substring(0, report.indexOf("test_with_db") + 100));

        assertThat(reports.tests().total()).isEqualTo(4);
        assertThat(reports.tests().failures())
                .extracting(f -> f.name())
                .containsExactly("test_login", "test_export[2]");
        assertThat(reports.notes()).singleElement().asString().contains("what came before counts");
    }

    @Test
    void countsNoHalfCoverage() {
        Reports reports = Samples.read("SF:a.c\nDA:1,1\nend_of_record\nSF:b.c\nDA:1,0\n");

        assertThat(reports.coverage()).isNull();
        assertThat(reports.notes())
                .singleElement()
                .asString()
                .contains("cut off")
                .endsWith("; it does not count");
    }

    @Test
    void noticesTestsThatAreMissing() {
        assertThat(Samples.read("1..3\nok 1\nok 2\n").notes())
                .containsExactly(
                        "TAP in /workspace/report is malformed: it planned 3 tests and has 2; what came before counts");
        assertThat(Samples.read("ok 1\n").notes()).singleElement().asString().contains("has no plan");
        assertThat(Samples.read("{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"A\"}\n{\"Action\":\"pa")
                        .notes())
                .singleElement()
                .asString()
                .contains("1 tests have no end");
    }

    @Test
    void followsNoMoreGoTestsAtOnceThanThereMayBe() {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            events.append("{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"T" + i + "\"}\n");
        }
        assertThat(Samples.read(events.toString()).notes())
                .singleElement()
                .asString()
                .contains("more than 10000 tests");
    }

    @ParameterizedTest
    @CsvSource({"-5", "NaN", "Infinity", "-Infinity", "1e999", "abc", "''", "0x10p5x", "٣"})
    void takesNoNonsenseForATime(String time) {
        Reports reports = Samples.read("<testsuite time='" + time + "'><testcase name='a' time='" + time
                + "'/><testcase name='b' time='2' line='" + time + "'><failure/></testcase></testsuite>");

        assertThat(reports.tests().durationSec()).isEqualTo(2.0);
        assertThat(reports.tests().slowest()).hasSize(1);
        assertThat(reports.tests().failures().get(0).line()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "lines-valid='-4' lines-covered='2'",
        "lines-valid='4' lines-covered='9'",
        "lines-valid='x' lines-covered='1'",
        "line-rate='NaN'",
        "line-rate='7'",
        "lines-valid='99999999999999999999' lines-covered='1'"
    })
    void countsTheLinesWhereTheTotalsAreNonsense(String attributes) {
        String lines = "<lines><line number='1' hits='1'/><line number='2' hits='0'/></lines>";

        Reports counted = Samples.read(
                "<coverage line-rate='x' " + attributes.replace("line-rate", "rate") + ">" + lines + "</coverage>");
        Reports none = Samples.read("<coverage " + attributes + "></coverage>");

        assertThat(counted.coverage().linePercent()).isEqualTo(50.0);
        assertThat(none.coverage()).isNull();
        assertThat(none.notes()).hasSize(1);
    }

    private static Reports read(String text, Charset charset) {
        return new ReportReader().read(List.of(Samples.file("/w/r", text.getBytes(charset))));
    }
}
