package dev.fleetrunner.report;

import dev.fleetrunner.report.Budget.Metered;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the test and coverage reports among files and reads them. A report is known by its content; everything else is
 * passed over in silence. What cannot be read, or not whole, is a note, never an exception. Of a test report that is
 * cut off, what came before counts; of a coverage report nothing, as half of it would be wrong.
 *
 * <p>Blocks: the caller runs it on a worker. An interrupt ends it soon. One instance may serve many threads.
 */
public final class ReportReader {
    private static final int MAX_NOTES = 20;
    private static final int MAX_PATH = 300;

    private final ReportLimits limits;

    /** A reader with {@link ReportLimits#DEFAULT}. */
    public ReportReader() {
        this(ReportLimits.DEFAULT);
    }

    public ReportReader(ReportLimits limits) {
        this.limits = limits;
    }

    /** Reads one file after the other, opening and closing each, until a limit is reached. */
    public Reports read(Iterable<ReportFile> files) {
        Reading reading = new Reading(new Budget(limits), new TestTally());
        for (ReportFile file : files) {
            if (!reading.next(file)) {
                break;
            }
        }
        return reading.reports();
    }

    /**
     * Reads one file by itself.
     *
     * @param mostRows how many tests are listed one by one
     */
    public ReportTable table(ReportFile file, int mostRows) {
        TestTally tests = new TestTally(mostRows);
        Reading reading = new Reading(new Budget(limits), tests);
        reading.next(file);
        Reports reports = reading.reports();
        return new ReportTable(reports.tests(), reports.coverage(), tests.rows(), reports.notes());
    }

    private final class Reading {
        private final Budget budget;
        private final TestTally tests;
        private final LineTally lines = new LineTally();
        private final List<String> notes = new ArrayList<>();
        private boolean anyTests;
        private int moreNotes;

        Reading(Budget budget, TestTally tests) {
            this.budget = budget;
            this.tests = tests;
        }

        /** False if there is nothing left of the limits. */
        boolean next(ReportFile file) {
            String spent = budget.spent();
            if (spent != null) {
                note("not every file was searched for reports: " + spent);
                return false;
            }
            // Of a file that is too large, the beginning tells whether it is worth a note.
            try (Metered bytes = budget.meter(file.content().open());
                    BufferedReader text = Decoding.open(bytes)) {
                Optional<Format> format = Sniffer.sniff(text);
                if (format.isPresent()) {
                    read(file, format.get(), bytes, text);
                }
            } catch (IOException | RuntimeException unreadable) {
                note(named(file) + " could not be read: " + words(unreadable));
            }
            return true;
        }

        private void read(ReportFile file, Format format, Metered bytes, BufferedReader text) {
            String name = format.label() + " in " + named(file);
            if (file.sizeBytes() > limits.fileBytes()) {
                note(name + " is not read: it is larger than " + Bytes.inWords(limits.fileBytes()));
                return;
            }
            LineTally ofFile = new LineTally();
            long before = tests.total();
            try {
                Parsing.parse(format, text, tests, ofFile);
                lines.add(ofFile);
                anyTests |= format.tests();
            } catch (IOException | RuntimeException malformed) {
                String why = bytes.stop() == null
                        ? "malformed: " + words(malformed)
                        : "not read to its end: " + bytes.stop();
                boolean some = tests.total() > before;
                note(name + " is " + why + (some ? "; what came before counts" : "; it does not count"));
                anyTests |= some;
            }
        }

        private void note(String note) {
            if (notes.size() < MAX_NOTES) {
                notes.add(note);
            } else {
                moreNotes++;
            }
        }

        Reports reports() {
            List<String> all = new ArrayList<>(notes);
            if (moreNotes > 0) {
                all.add(moreNotes + " more notes about reports are left out");
            }
            if (tests.unlisted() > 0) {
                all.add(tests.unlisted() + " more failed tests are counted but not listed");
            }
            return new Reports(anyTests ? tests.summary() : null, lines.coverage(), all);
        }
    }

    private static String named(ReportFile file) {
        String path = PlainText.line(file.path(), MAX_PATH);
        return path == null ? "a file without a name" : path;
    }

    private static String words(Exception problem) {
        String words = PlainText.line(problem.getMessage(), MAX_PATH);
        return words == null ? problem.getClass().getSimpleName() : words;
    }
}
