package dev.fleetrunner.report;

import java.io.BufferedReader;
import java.io.IOException;

/** From a format to the parser that reads it. */
final class Parsing {
    private Parsing() {}

    /**
     * Reads a report to its end.
     *
     * @throws IOException if it is malformed or cannot be read; tests that came before have been added
     */
    static void parse(Format format, BufferedReader text, TestTally tests, LineTally lines) throws IOException {
        switch (format) {
            case JUNIT -> junit(text, tests);
            case GO_JSON -> goTest(text, tests);
            case TAP -> new TapReport(text, tests).read();
            case COBERTURA -> Xml.walk(atRoot(text), new CoberturaReport(lines));
            case JACOCO -> Xml.walk(atRoot(text), new JacocoReport(lines));
            case LCOV -> new LcovReport(text, lines).read();
        }
    }

    private static void junit(BufferedReader text, TestTally tests) throws IOException {
        JUnitReport report = new JUnitReport(tests);
        try {
            Xml.walk(atRoot(text), report);
        } finally {
            report.cutOff();
        }
    }

    private static void goTest(BufferedReader text, TestTally tests) throws IOException {
        GoTestReport report = new GoTestReport(text, tests);
        try {
            report.read();
        } finally {
            report.cutOff();
        }
    }

    private static BufferedReader atRoot(BufferedReader text) throws IOException {
        Prolog prolog = Prolog.read(Sniffer.head(text)).orElseThrow(() -> new Malformed("it has no element"));
        if (prolog.declares()) {
            throw new Malformed("its document type declares something, which is not allowed");
        }
        text.skip(prolog.start());
        return text;
    }
}
