package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files, and files that are no reports. */
class MergingTest {

    @Test
    void addsUpTestsAndWeighsCoverageByLines() {
        Reports reports = new ReportReader()
                .read(List.of(
                        Samples.file("pytest.xml"),
                        Samples.file("jacoco.xml"),
                        Samples.file("go-test.json"),
                        Samples.file("coverage-py.xml"),
                        Samples.file("bats.tap"),
                        Samples.file("lcov.info")));

        assertThat(reports.tests().total()).isEqualTo(9 + 8 + 3);
        assertThat(reports.tests().failed()).isEqualTo(5 + 6 + 1);
        assertThat(reports.tests().skipped()).isEqualTo(2 + 1 + 1);
        assertThat(reports.tests().durationSec()).isEqualTo(0.162 + 1.322);
        // 53 of 60, 167 of 200, 3 of 6 lines.
        assertThat(reports.coverage().linePercent()).isEqualTo(83.83);
        assertThat(reports.notes()).isEmpty();
    }

    @Test
    void namesTestsThatSayWhyBeforeThoseThatOnlyCarryOthers() {
        Reports reports = new ReportReader().read(List.of(Samples.file("go-test.json"), Samples.file("bats.tap")));

        assertThat(reports.tests().failures())
                .extracting(failure -> failure.name())
                .containsExactly(
                        "TestLogin/wrong_password",
                        "TestPanics",
                        "acme.dev/broken",
                        "TestHangs/inside",
                        "greets",
                        "TestLogin",
                        "TestHangs");
    }

    @Test
    void hasNoResultWithoutReports() {
        assertThat(new ReportReader().read(List.of())).isEqualTo(new Reports(null, null, List.of()));
    }

    @Test
    void tellsAReportWithoutTestsFromNone() {
        assertThat(Samples.read("<testsuites/>").tests().total()).isZero();
        assertThat(Samples.read("1..0 # SKIP nothing here\n").tests().total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "<",
                "<html><body>ok 1</body></html>",
                "<!DOCTYPE html><html/>",
                "<?xml version='1.0'?>",
                "<report><title>quarter</title></report>",
                "<coverage generated='1'/>",
                "{\"Action\":1}",
                "[1,2]",
                "{\"name\":\"x\"}",
                "okay then",
                "ok",
                "# ok 1\n",
                "TN:",
                "1.5",
                "not ok",
                "\0\0\0\0",
                "\u007FELF",
                "<!DOCTYPE lolz [<!ENTITY a 'b'>]><lolz/>",
                "PK\u0003\u0004",
                "<testsuite",
                "<!--",
                "<!DOCTYPE"
            })
    void passesOverInSilenceWhatIsNoReport(String text) {
        Reports reports = Samples.read(text);

        assertThat(reports.tests()).isNull();
        assertThat(reports.coverage()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234.5 | 1234.5",
                "0,25 | 0.25",
                "12 | 12",
                "' 3.5 ' | 3.5",
                "1e-3 | 0.001",
                "2000000000 | 0",
                "-1 | 0"
            })
    void readsTimesAsToolsWriteThem(String text, double seconds) {
        assertThat(Seconds.parse(text)).isEqualTo(seconds);
    }

    @Test
    void leavesNoColoursAndControls() {
        assertThat(
                        PlainText.of(
                                "\u001B[1;31mred\u001B[0m \u001B]8;;http://x\u0007link\u001B]8;;\u001B\\ \u001B(B#x1B[32mgreen#x1B[0m"))
                .isEqualTo("red link green");
        assertThat(PlainText.of("a\u0000b\u0007c\r\nd\re\tf\u202Eg\u009B")).isEqualTo("abc\nd\ne\tfg");
        assertThat(PlainText.of("\uD83D \uDE42 🙂 #x1B stays")).isEqualTo("\uFFFD \uFFFD 🙂 #x1B stays");
    }
}
