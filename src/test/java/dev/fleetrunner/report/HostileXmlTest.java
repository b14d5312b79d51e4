package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML that means harm is noted, and harms nothing. */
class HostileXmlTest {
    private static final String ONE = "<testcase name='a' classname='c' time='1'/>";

    @Test
    void expandsNoEntities() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE testsuites [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            laughs.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
        }
        Reports reports = Samples.read(
                laughs + "]><testsuites><testcase name='a'><failure>&l11;</failure></testcase></testsuites>");

        assertThat(reports.tests()).isNull();
        assertThat(reports.notes())
                .containsExactly("JUnit XML in /workspace/report is malformed: its document type declares something,"
                        + " which is not allowed; it does not count");
    }

    @Test
    void readsNoFileOfTheHost() {
        Reports reports = Samples.read("<!DOCTYPE testsuite [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><testsuite>"
                + "<testcase name='a'><failure message='&x;'>&x;</failure></testcase></testsuite>");

        assertThat(reports.toString()).doesNotContain("root:");
        assertThat(reports.notes()).hasSize(1);
    }

    @Test
    void fetchesNoDocumentType() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            int port = server.socket().getLocalPort();

            Reports reports = Samples.read("<!DOCTYPE testsuite SYSTEM \"http://127.0.0.1:" + port
                    + "/x.dtd\"><testsuite>" + ONE + "</testsuite>");

            assertThat(reports.tests().total()).isEqualTo(1);
            assertThat(server.accept()).as("a connection for the document type").isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE a [<!ENTITY x 'y'>]>", "<!ENTITY x 'y'>", "<!ELEMENT a ANY>", "<![INCLUDE[a]]>"})
    void takesNoDeclarationsInside(String declaration) {
        Reports reports = Samples.read("<testsuite>" + ONE + declaration + ONE + "</testsuite>");

        assertThat(reports.tests().total()).isEqualTo(1);
        assertThat(reports.notes()).singleElement().asString().contains("where none may be; what came before counts");
    }

    @Test
    void goesNoDeeperThanReportsDo() {
        Reports reports = soon("<testsuite>" + ONE + "<a>".repeat(1_000_000));

        assertThat(reports.tests().total()).isEqualTo(1);
        assertThat(reports.notes()).singleElement().asString().contains("nested deeper than 64");
    }

    @Test
    void keepsNoMillionOfNames() {
        StringBuilder names = new StringBuilder("<testsuite>");
        for (int i = 0; i < 1_000_000; i++) {
            names.append("<n").append(i).append("/>");
        }
        assertThat(soon(names.toString()).notes()).singleElement().asString().contains("1000 different names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<testcase ", "<testcase name=", "<![CDATA[", "<!--", "<?x ", "&", "&#", "<a b='&"})
    void survivesWhatNeverEnds(String start) {
        Reports reports = soon("<testsuite>" + ONE + start + "x9".repeat(1_000_000));

        assertThat(reports.tests().total()).isEqualTo(1);
        assertThat(reports.notes()).hasSize(1);
    }

    @Test
    void cutsLongValuesAndKeepsTheRest() {
        Reports reports = soon("<testsuite><testcase name='" + "&amp;🙂".repeat(500_000)
                + "'><failure message='m'>why</failure></testcase></testsuite>");

        assertThat(reports.notes()).isEmpty();
        assertThat(reports.tests().failures()).singleElement().satisfies(failure -> {
            assertThat(failure.name()).startsWith("&🙂&🙂").endsWith("…");
            assertThat(failure.message()).isEqualTo("m");
            assertThat(failure.details()).isEqualTo("why");
        });
    }

    @Test
    void readsPastCharactersThatXmlForbids() {
        Reports reports = Samples.read(
                "<testsuite><testcase name='a\u0001b'><failure message='&#27;[31mred&#x1b;[0m &#0;'>"
                        + "\u001B[1mbold\u001B[0m <![CDATA[\u001B[4munder\u001B[0m]]> &#x110000; </failure></testcase></testsuite>");

        assertThat(reports.tests().failures()).singleElement().satisfies(failure -> {
            assertThat(failure.name()).isEqualTo("a\uFFFDb");
            assertThat(failure.message()).isEqualTo("red \uFFFD");
            assertThat(failure.details()).isEqualTo("bold under \uFFFD");
        });
        assertThat(reports.notes()).isEmpty();
    }

    @Test
    void splitsLongSectionsWithoutATrace() {
        String body = "0123456789]]".repeat(1500);

        Reports reports = Samples.read(
                "<testsuite><testcase name='a'><failure><![CDATA[" + body + "]]></failure></testcase></testsuite>");

        String details = reports.tests().failures().get(0).details();
        assertThat(details)
                .startsWith("0123456789]]0123")
                .endsWith("0123456789]]")
                .doesNotContain("CDATA");
        assertThat(reports.notes()).isEmpty();
    }

    private static Reports soon(String report) {
        long before = System.nanoTime();
        Reports reports = Samples.read(report);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        return reports;
    }
}
