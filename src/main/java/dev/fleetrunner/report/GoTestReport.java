package dev.fleetrunner.report;

import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The stream of {@code go test -json}. Every test and every sub-test counts, the parent of sub-tests too, as Go itself
 * counts them. Other lines in between are passed over, as standard error is often mixed in.
 */
final class GoTestReport {
    private static final int MAX_OPEN = 10_000;
    private static final int MAX_BUILDS = 100;

    private final Lines lines;
    private final TestTally tally;
    private final Map<String, GoPackage> packages = new LinkedHashMap<>();
    private final Map<String, Excerpt> builds = new LinkedHashMap<>();
    private int open;
    private long broken;

    GoTestReport(Reader text, TestTally tally) {
        this.lines = new Lines(text);
        this.tally = tally;
    }

    void read() throws IOException {
        String line;
        while ((line = lines.next()) != null) {
            if (!line.startsWith("{")) {
                continue;
            }
            GoEvent event = GoEvent.read(line);
            if (event == null) {
                broken++;
            } else if (event.unit() != null) {
                take(event);
            }
        }
        if (open > 0) {
            throw new Malformed("it is cut off; " + open + " tests have no end in it");
        }
        if (broken > 0) {
            throw new Malformed(broken + " of its lines are not whole");
        }
    }

    private void take(GoEvent event) throws Malformed {
        switch (event.action()) {
            case "build-output" -> buildOutput(event);
            case "run" -> run(event);
            case "output" -> packageOf(event).output(event.test(), event.output());
            case "pass", "bench" -> end(event, Outcome.PASSED);
            case "fail" -> end(event, Outcome.FAILED);
            case "skip" -> end(event, Outcome.SKIPPED);
            default -> {}
        }
    }

    private void buildOutput(GoEvent event) {
        if (event.output() != null && (builds.size() < MAX_BUILDS || builds.containsKey(event.unit()))) {
            builds.computeIfAbsent(event.unit(), unit -> new Excerpt()).add(event.output());
        }
    }

    private void run(GoEvent event) throws Malformed {
        if (event.test() != null) {
            changing(packageOf(event), of -> of.start(event.test()));
        }
    }

    private void end(GoEvent event, Outcome outcome) throws Malformed {
        GoPackage of = packageOf(event);
        if (event.test() != null) {
            changing(of, it -> it.end(event.test(), outcome, event.seconds()));
            return;
        }
        if (outcome == Outcome.FAILED) {
            Excerpt build = event.failedBuild() == null ? null : builds.get(event.failedBuild());
            changing(of, it -> it.fail(build == null ? null : build.toString()));
        }
        packages.remove(event.unit());
        open -= of.open();
        tally.took(event.seconds() > 0 ? event.seconds() : of.seconds());
    }

    private void changing(GoPackage of, Consumer<GoPackage> change) {
        int before = of.open();
        change.accept(of);
        open += of.open() - before;
    }

    private GoPackage packageOf(GoEvent event) throws Malformed {
        GoPackage known = packages.get(event.unit());
        if (known != null && open <= MAX_OPEN) {
            return known;
        }
        if (open > MAX_OPEN || packages.size() >= MAX_OPEN) {
            throw new Malformed("more than " + MAX_OPEN + " tests run at once in it");
        }
        GoPackage fresh = new GoPackage(event.unit(), tally);
        packages.put(event.unit(), fresh);
        return fresh;
    }

    /** Tells how long the packages took that a report which is cut off never ended. */
    void cutOff() {
        packages.values().forEach(left -> tally.took(left.seconds()));
    }
}
