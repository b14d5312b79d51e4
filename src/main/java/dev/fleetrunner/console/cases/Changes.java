package dev.fleetrunner.console.cases;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is different between the results of two tasks, in the order in which people ask. */
final class Changes {
    private static final int NAMES = 5;
    private static final double SLOWER = 1.5;

    private final List<Change> found = new ArrayList<>();

    private Changes() {}

    /** Whether a change is welcome. */
    enum Kind {
        BETTER,
        WORSE,
        OTHER;

        /** The name of its style. */
        String style() {
            return switch (this) {
                case BETTER -> "passed";
                case WORSE -> "failed";
                case OTHER -> "cancelled";
            };
        }

        /** A sign for those who do not see the colour. */
        String mark() {
            return switch (this) {
                case BETTER -> "▲";
                case WORSE -> "▼";
                case OTHER -> "•";
            };
        }

        /** The sign in a word. */
        String word() {
            return switch (this) {
                case BETTER -> "better";
                case WORSE -> "worse";
                case OTHER -> "different";
            };
        }
    }

    /** One difference. */
    record Change(String style, String mark, String kind, String words) {}

    /** The differences of the later result; none if they are alike. */
    static List<Change> between(TaskResult earlier, TaskResult later) {
        var changes = new Changes();
        changes.status(earlier, later);
        changes.tests(earlier.tests(), later.tests());
        changes.coverage(earlier, later);
        changes.time(earlier.metadata(), later.metadata());
        changes.place(earlier.metadata(), later.metadata());
        return List.copyOf(changes.found);
    }

    private void status(TaskResult earlier, TaskResult later) {
        String before = ending(earlier);
        String after = ending(later);
        if (!before.equals(after)) {
            boolean passes = later.cause() == null;
            boolean passed = earlier.cause() == null;
            Kind kind = passes == passed ? Kind.OTHER : passes ? Kind.BETTER : Kind.WORSE;
            add(kind, before + " → " + after);
        }
    }

    private static String ending(TaskResult result) {
        String word = result.status().word();
        if (result.cause() == null) {
            return word;
        }
        return word + " (" + result.cause().code()
                + (result.exitCode() == null ? "" : ", exit code " + result.exitCode()) + ")";
    }

    private void tests(TestSummary earlier, TestSummary later) {
        if (earlier == null || later == null) {
            if (earlier != later) {
                add(Kind.OTHER, later == null ? "no test report any more" : later.total() + " tests reported");
            }
            return;
        }
        Set<String> failedBefore = names(earlier);
        Set<String> failedNow = names(later);
        add(Kind.WORSE, "failing now", without(failedNow, failedBefore));
        // Failures beyond what a summary lists are no news, either way.
        if (later.failures().size() == later.failed()) {
            add(Kind.BETTER, "failing no more", without(failedBefore, failedNow));
        }
        if (earlier.total() != later.total()) {
            add(Kind.OTHER, earlier.total() + " → " + later.total() + " tests");
        }
    }

    private static Set<String> names(TestSummary tests) {
        Set<String> names = new LinkedHashSet<>();
        for (TestFailure failure : tests.failures()) {
            names.add(failure.suite() == null ? failure.name() : failure.suite() + " " + failure.name());
        }
        return names;
    }

    private static List<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(name -> !others.contains(name)).toList();
    }

    private void add(Kind kind, String what, List<String> names) {
        if (!names.isEmpty()) {
            String more = names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "";
            add(kind, what + ": " + String.join(", ", names.subList(0, Math.min(NAMES, names.size()))) + more);
        }
    }

    private void coverage(TaskResult earlier, TaskResult later) {
        if (earlier.coverage() == null || later.coverage() == null) {
            return;
        }
        double before = earlier.coverage().linePercent();
        double after = later.coverage().linePercent();
        if (before != after) {
            add(
                    after > before ? Kind.BETTER : Kind.WORSE,
                    "coverage " + Words.decimal(before) + " % → " + Words.decimal(after) + " %");
        }
    }

    /** A difference that may be chance is not told. */
    private void time(Metadata earlier, Metadata later) {
        double before = earlier.duration();
        double after = later.duration();
        if (before >= 1 && after >= 1 && (after > before * SLOWER || before > after * SLOWER)) {
            add(
                    after < before ? Kind.BETTER : Kind.WORSE,
                    "took " + Words.decimal(before) + " s → " + Words.decimal(after) + " s");
        }
    }

    /** Engines have digests of their own for one image, so only those of one runtime can be compared. */
    private void place(Metadata earlier, Metadata later) {
        if (!Objects.equals(earlier.runtime(), later.runtime())) {
            add(Kind.OTHER, "ran on " + later.runtime() + ", before on " + earlier.runtime());
        } else if (earlier.imageDigest() != null
                && later.imageDigest() != null
                && !earlier.imageDigest().equals(later.imageDigest())) {
            add(Kind.OTHER, "another image: " + later.imageDigest());
        }
    }

    private void add(Kind kind, String words) {
        found.add(new Change(kind.style(), kind.mark(), kind.word(), words));
    }
}
