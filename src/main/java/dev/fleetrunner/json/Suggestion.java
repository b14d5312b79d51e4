package dev.fleetrunner.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Guesses which field was meant: a slip of the pen beside its neighbours, or a known field in the wrong place. */
final class Suggestion {
    private static final int LONGEST_SLIP = 40;

    /** Every field that may be put into the wrong object, by object. A test compares it with the schema. */
    static final Map<String, List<String>> SECTIONS = Map.of(
            "", SpecReader.FIELDS,
            "timeouts", List.of("overallSec", "queueSec", "imageSec", "graceSec"),
            "resources", List.of("cpu", "memory", "pids", "disk"),
            "artifacts", List.of("paths"),
            "network", List.of("mode", "allow"),
            "context", List.of("case_id", "task_id", "role", "scope", "hydration_refs", "on_missing"));

    /** What other runners, composers and schedulers call these fields. */
    private static final Map<String, String> ELSEWHERE_CALLED = Map.of(
            "command", "cmd",
            "args", "cmd",
            "script", "cmd",
            "environment", "env",
            "volumes", "mounts",
            "timeoutSec", "timeouts.overallSec",
            "timeoutSeconds", "timeouts.overallSec",
            "limits", "resources");

    private Suggestion() {}

    /** A remedy for an unknown field. */
    static String forUnknown(String name, Pointer object, Collection<String> siblings) {
        return nearest(name, siblings)
                .map(sibling -> dotted(object) + sibling)
                .or(() -> Optional.ofNullable(ELSEWHERE_CALLED.get(name)))
                .or(() -> elsewhere(name))
                .map(meant -> "did you mean " + meant + "?")
                .orElseGet(() -> leaveOut(siblings));
    }

    /** A remedy for an unknown field that belongs here or nowhere. */
    static String among(String name, Pointer object, Collection<String> siblings) {
        return nearest(name, siblings)
                .map(sibling -> "did you mean " + dotted(object) + sibling + "?")
                .orElseGet(() -> leaveOut(siblings));
    }

    private static String leaveOut(Collection<String> siblings) {
        return siblings.isEmpty() ? "leave it out" : "leave it out; known here: " + String.join(", ", siblings);
    }

    private static String dotted(Pointer object) {
        String path = object.text();
        return path.isEmpty()
                ? ""
                : path.substring(1).replaceAll("/(\\d+)(?=/|$)", "[$1]").replace('/', '.') + ".";
    }

    private static Optional<String> elsewhere(String name) {
        Map<String, String> paths = SECTIONS.entrySet().stream()
                .flatMap(section -> section.getValue().stream().map(field -> path(section.getKey(), field)))
                .collect(Collectors.toMap(path -> path.substring(path.indexOf('.') + 1), path -> path));
        return nearest(name, paths.keySet()).map(paths::get);
    }

    private static String path(String section, String field) {
        return section.isEmpty() ? field : section + "." + field;
    }

    private static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > LONGEST_SLIP) {
            return Optional.empty();
        }
        Comparator<String> byDistance = Comparator.comparingInt(field -> distance(name, field));
        return known.stream()
                .min(byDistance.thenComparing(Comparator.naturalOrder()))
                .filter(field -> distance(name, field) <= Math.max(1, field.length() / 3));
    }

    /** Levenshtein's, blind to case, underscores and hyphens. */
    private static int distance(String left, String right) {
        String a = bare(left);
        String b = bare(right);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
