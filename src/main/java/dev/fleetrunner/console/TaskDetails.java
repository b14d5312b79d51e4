package dev.fleetrunner.console;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.store.TaskRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A task in words.
 *
 * @param over whether nothing comes any more
 * @param now what is being done for it; null if there is nothing to tell
 * @param cause why it did not pass; null if it did, or is not over
 * @param facts what is known of it
 * @param notes what is worth knowing but changes nothing
 */
record TaskDetails(
        String id,
        String shortId,
        String mark,
        String status,
        boolean over,
        String now,
        Cause cause,
        List<Fact> facts,
        List<String> notes) {

    /** Something known, by a name. */
    record Fact(String name, String value) {}

    /**
     * @param result null as long as there is none
     */
    static TaskDetails of(TaskView view, TaskSpec spec, TaskResult result, Instant now) {
        TaskRow row = view.row();
        return new TaskDetails(
                row.id(),
                Words.shortId(row.id()),
                Words.mark(row.status()),
                row.status().word(),
                row.status().terminal(),
                row.status().terminal() ? null : doing(view),
                result == null ? null : result.cause(),
                facts(row, spec, result, now),
                result == null ? List.of() : result.notes());
    }

    private static String doing(TaskView view) {
        String phase = view.row().phase().word();
        if (view.queuePosition() != null) {
            return phase + ", number " + view.queuePosition() + " in the queue";
        }
        if (view.progress() != null) {
            return phase + ": " + view.progress();
        }
        return phase.equals(view.row().status().word()) ? null : phase;
    }

    private static List<Fact> facts(TaskRow row, TaskSpec spec, TaskResult result, Instant now) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "Command", Words.command(spec.cmd()));
        add(facts, "Exit code", row.exitCode());
        add(facts, "Duration", TaskLine.duration(row, now));
        add(facts, "Image", row.image());
        add(facts, "Owner", row.owner());
        add(facts, "Case", row.caseId());
        add(facts, "Caller's task", row.taskId());
        add(facts, "Role", row.role());
        row.labels().forEach((key, value) -> add(facts, "Label " + key, value));
        add(facts, "Queued", time(row.queuedAt(), now));
        add(facts, "Started", time(row.startedAt(), now));
        add(facts, "Finished", time(row.finishedAt(), now));
        add(facts, "Runtime", row.runtime());
        if (result != null) {
            outcome(facts, result.metadata());
            add(
                    facts,
                    "Log",
                    Words.bytes(result.captured().logBytes())
                            + (result.captured().logTruncated() ? ", cut" : ""));
        }
        return List.copyOf(facts);
    }

    private static void outcome(List<Fact> facts, Metadata metadata) {
        add(facts, "Chosen because", metadata.runtimeReason());
        add(facts, "Container", metadata.containerId());
        add(facts, "Image digest", metadata.imageDigest());
        if (metadata.cpuSeconds() != null) {
            add(facts, "Processor time", String.format(Locale.ROOT, "%.2f s", metadata.cpuSeconds()));
        }
        add(facts, "Peak memory", metadata.peakMemoryBytes() == null ? null : Words.bytes(metadata.peakMemoryBytes()));
        if (metadata.enforced() != null) {
            add(facts, "Enforced", receipt(metadata.enforced()));
        }
    }

    private static String receipt(Enforced enforced) {
        List<String> parts = new ArrayList<>();
        parts.add("user " + known(enforced.user()));
        parts.add("network " + known(enforced.network()));
        parts.add("memory " + (enforced.memoryBytes() == null ? known(null) : Words.bytes(enforced.memoryBytes())));
        parts.add("processors " + known(enforced.cpus()));
        parts.add("pids " + known(enforced.pids()));
        parts.add("root file system "
                + (enforced.readOnlyRoot() == null ? known(null) : enforced.readOnlyRoot() ? "read-only" : "writable"));
        parts.add("capabilities "
                + (enforced.capabilities() == null
                        ? known(null)
                        : enforced.capabilities().isEmpty() ? "none" : String.join(" ", enforced.capabilities())));
        parts.add("seccomp " + known(enforced.seccomp()));
        return String.join(", ", parts);
    }

    private static Object known(Object value) {
        return value == null ? "not enforced" : value;
    }

    private static String time(Instant at, Instant now) {
        return at == null ? null : Words.time(at) + ", " + Words.ago(at, now);
    }

    private static void add(List<Fact> facts, String name, Object value) {
        if (value != null) {
            facts.add(new Fact(name, value.toString()));
        }
    }
}
