package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.TaskResult.TestFailure;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No file makes the reader do more than the limits allow, and what is left out is told. */
class LimitsTest {
    private static final String REPORT = "<testsuite><testcase name='a'/></testsuite>";

    @Test
    void readsNoFileThatIsTooLarge() {
        ReportFile large = new ReportFile("/w/large.xml", 1L << 40, () -> stream(REPORT));
        ReportFile video = new ReportFile("/w/video.mp4", 1L << 40, () -> stream("\0\0\0 ftypisom"));

        Reports reports = new ReportReader().read(List.of(large, video, Samples.text("/w/small.xml", REPORT)));

        assertThat(reports.tests().total()).isEqualTo(1);
        assertThat(reports.notes()).containsExactly("JUnit XML in /w/large.xml is not read: it is larger than 64 MiB");
    }

    @Test
    void believesNoSize() {
        ReportReader reader = new ReportReader(new ReportLimits(100_000, 1 << 20, Duration.ofMinutes(1)));
        ReportFile endless = new ReportFile("/w/tests.tap", 0, () -> new Endless("ok 1\n"));

        Reports reports = reader.read(List.of(endless, Samples.text("/w/small.xml", REPORT)));

        assertThat(reports.tests().total()).isGreaterThan(1000);
        assertThat(reports.notes())
                .containsExactly("TAP in /w/tests.tap is not read to its end: it is larger than 100000 bytes;"
                        + " what came before counts");
    }

    @Test
    void endsWithTheBytesOfAll() {
        ReportReader reader = new ReportReader(new ReportLimits(100_000, 150_000, Duration.ofMinutes(1)));
        ReportFile endless = new ReportFile("/w/a.tap", 0, () -> new Endless("ok 1\n"));

        Reports reports = reader.read(Collections.nCopies(1000, endless));

        assertThat(reports.notes())
                .hasSize(3)
                .last()
                .isEqualTo(
                        "not every file was searched for reports: the reports are larger than 150000 bytes together");
    }

    @Test
    void endsWithTheTime() {
        ReportReader reader =
                new ReportReader(new ReportLimits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofMillis(300)));
        ReportFile endless = new ReportFile("/w/a.tap", 0, () -> new Endless("ok 1\n"));

        Reports reports = reader.read(List.of(endless, endless));

        assertThat(reports.tests().passed()).isPositive();
        assertThat(reports.notes()).hasSize(2).allMatch(note -> note.contains("took longer than"));
    }

    @Test
    void endsWhenInterrupted() {
        Thread.currentThread().interrupt();
        try {
            Reports reports = new ReportReader().read(List.of(Samples.text("/w/a.xml", REPORT)));
            assertThat(reports.tests()).isNull();
            assertThat(reports.notes()).singleElement().asString().contains("interrupted");
        } finally {
            assertThat(Thread.interrupted()).as("still marked for the caller").isTrue();
        }
    }

    @Test
    void notesWhatCannotBeRead() {
        ReportFile gone = new ReportFile("/w/\u001B[31mgone\n", 1, () -> {
            throw new FileNotFoundException("no such file");
        });
        ReportFile breaks =
                new ReportFile("/w/breaks.xml", 1, () -> new Breaking(stream("<testsuite><testcase name='a'/>")));

        Reports reports = new ReportReader().read(List.of(gone, breaks, Samples.text("/w/small.xml", REPORT)));

        assertThat(reports.tests().total()).isEqualTo(1);
        assertThat(reports.notes())
                .containsExactly(
                        "/w/gone could not be read: no such file", "/w/breaks.xml could not be read: the disk is gone");
    }

    @Test
    void closesEveryFile() {
        List<String> closed = new ArrayList<>();
        List<ReportFile> files =
                List.of(closing("<testsuite", closed), closing("nothing", closed), closing("", closed));

        new ReportReader().read(files);

        assertThat(closed).contains("<testsuite", "nothing", "");
    }

    @Test
    void listsTheFirstHundredFailures() {
        String failure = "<testcase name='a'><failure message='m'>d</failure></testcase>";

        Reports reports = Samples.read("<testsuite>" + failure.repeat(123) + "</testsuite>");

        assertThat(reports.tests().failed()).isEqualTo(123);
        assertThat(reports.tests().failures()).hasSize(100);
        assertThat(reports.notes()).containsExactly("23 more failed tests are counted but not listed");
    }

    @Test
    void shortensMessageAndDetails() {
        String message = "ä".repeat(5000);
        String details = "first\n" + "🙂".repeat(50_000) + "\nsrc/a_test.go:7: last";

        Reports reports = Samples.read("<testsuite><testcase name='" + message + "'><failure message='" + message + "'>"
                + details + "</failure></testcase></testsuite>");

        TestFailure failure = reports.tests().failures().get(0);
        assertThat(bytes(failure.name())).isLessThanOrEqualTo(500);
        assertThat(bytes(failure.message())).isBetween(2000, 2048);
        assertThat(bytes(failure.details())).isBetween(8000, 8192);
        assertThat(failure.details())
                .startsWith("first\n")
                .contains("characters left out")
                .endsWith("7: last");
        assertThat(failure.line()).isEqualTo(7);
    }

    @Test
    void keepsTheNotesFew() {
        ReportFile bad = Samples.text("/w/bad.xml", "<testsuite><oops");

        Reports reports = new ReportReader().read(Collections.nCopies(50, bad));

        assertThat(reports.notes()).hasSize(21).last().isEqualTo("30 more notes about reports are left out");
    }

    @Test
    void listsTheTenSlowest() {
        StringBuilder tests = new StringBuilder("<testsuite>");
        for (int i = 1; i <= 30; i++) {
            tests.append("<testcase name='t" + i + "' time='" + i + "'/>");
        }
        Reports reports = Samples.read(tests + "</testsuite>");

        assertThat(reports.tests().slowest())
                .extracting(time -> time.name())
                .containsExactly("t30", "t29", "t28", "t27", "t26", "t25", "t24", "t23", "t22", "t21");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ReportFile closing(String text, List<String> closed) {
        return new ReportFile(
                text, text.length(), () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public void close() {
                        closed.add(text);
                    }
                });
    }

    /** Ends in an exception, as a file does whose disk breaks. */
    private static final class Breaking extends InputStream {
        private final InputStream from;

        Breaking(InputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            int next = from.read();
            if (next < 0) {
                throw new IOException("the disk is gone");
            }
            return next;
        }
    }
}
