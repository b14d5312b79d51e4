package dev.fleetrunner.report;

import java.time.Duration;
import java.util.List;

/** Reads one enormous report, made up as it is read, in a process of its own with a small heap. */
public final class EnormousReports {
    private static final long SIZE = 120_000_000;

    private EnormousReports() {}

    /** Prints how many tests there were, then the notes. */
    public static void main(String[] args) {
        Reports reports = new ReportReader(new ReportLimits(2L << 30, 2L << 30, Duration.ofMinutes(3)))
                .read(List.of(new ReportFile("/w/report", 0, () -> report(args[0]))));
        System.out.println(
                "total " + (reports.tests() == null ? 0 : reports.tests().total()));
        System.out.println(
                "failed " + (reports.tests() == null ? 0 : reports.tests().failed()));
        reports.notes().forEach(System.out::println);
    }

    private static Endless report(String kind) {
        String test = "<testcase classname='c' name='n' time='1'";
        String start = "<testsuite><testcase name='a'/>";
        return switch (kind) {
            case "testcases" -> new Endless("<testsuite>", test + "/>", 10_000_000, "</testsuite>");
            case "failures" ->
                of(
                        "<testsuite>",
                        test + "><failure message='m'>at a.b.C.m(C.java:3)</failure></testcase>",
                        "</testsuite>");
            case "value" -> of(start + "<a b='", "x9&amp;", "'/></testsuite>");
            case "values" -> of(start, "<a b='" + "x".repeat(10_000) + "'/>", "</testsuite>");
            case "text" ->
                of(start + "<testcase name='b'><failure>", "some words\n", "</failure></testcase></testsuite>");
            case "cdata" ->
                of(
                        start + "<testcase name='b'><failure><![CDATA[",
                        "some words ]]",
                        "]]></failure></testcase></testsuite>");
            case "comment" -> of(start + "<!--", "some words", "--></testsuite>");
            case "one line" -> of("1..1\nok 1 ", "x", "\n");
            case "tap" -> of("", "ok 1\n", "");
            case "diagnostics" -> of("1..1\nnot ok 1\n  ---\n", "  key: value\n", "  ...\n");
            case "go output" -> of("", "{\"Action\":\"output\",\"Package\":\"p\",\"Output\":\"some words\\n\"}\n", "");
            case "lcov" -> of("SF:a\n", "DA:1,1\n", "end_of_record\n");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Endless of(String start, String text, String end) {
        return new Endless(start, text, SIZE / text.length(), end);
    }
}
