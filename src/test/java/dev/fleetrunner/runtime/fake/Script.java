package dev.fleetrunner.runtime.fake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.Preparation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a fake engine does with a task.
 *
 * @param prepare to make it ready
 * @param start when the command is started
 * @param enforced when the receipt is asked for
 * @param output while the command runs
 * @param exit when its end is asked for
 * @param archive when files of it are asked for
 * @param files what it has at the end: absolute paths and texts
 * @param how the command ends, unless a signal ends it
 * @param stop what stopping leads to
 * @param removeFailures how many attempts to remove it fail
 * @param startedAgo how long ago the command was started by the engine's clock; lets a test come to a limit soon
 * @param lasted how long it ran by the engine's clock; null for as long as it did
 */
public record Script(
        List<Step> prepare,
        List<Step> start,
        List<Step> enforced,
        List<Step> output,
        List<Step> exit,
        List<Step> archive,
        Map<String, String> files,
        End how,
        Stop stop,
        int removeFailures,
        Duration startedAgo,
        Duration lasted) {

    /** How a command ends. */
    public record End(int code, boolean executed, boolean oomKilled, boolean deadlineReached) {}

    /** What a command, or its engine, makes of TERM. */
    public enum Stop {
        OBEYS,
        IGNORES_TERM,
        HANGS,
        FAILS
    }

    /** A command that passes at once. */
    public static final Script PASSES = new Script(
            List.of(
                    new Step.Tell(new Preparation.ImagePresent("sha256:abc")),
                    new Step.Tell(new Preparation.Ready("c1"))),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            new End(0, true, false, false),
            Stop.OBEYS,
            0,
            Duration.ZERO,
            null);

    /** The same with another output. */
    public Script withOutput(Step... steps) {
        return new Script(
                prepare,
                start,
                enforced,
                List.of(steps),
                exit,
                archive,
                files,
                how,
                stop,
                removeFailures,
                startedAgo,
                lasted);
    }

    /** The same, started so long ago by the engine's clock. */
    public Script startedAgo(Duration ago) {
        return new Script(
                prepare, start, enforced, output, exit, archive, files, how, stop, removeFailures, ago, lasted);
    }

    /** The same, ended so long after its start by the engine's clock. */
    public Script lasting(Duration time) {
        return new Script(
                prepare, start, enforced, output, exit, archive, files, how, stop, removeFailures, startedAgo, time);
    }

    /** The same with another preparation. */
    public Script withPrepare(Step... steps) {
        return new Script(
                List.of(steps),
                start,
                enforced,
                output,
                exit,
                archive,
                files,
                how,
                stop,
                removeFailures,
                startedAgo,
                lasted);
    }

    /** The same with what is done when files are asked for, and the files. */
    public Script withFiles(Map<String, String> left, Step... steps) {
        return new Script(
                prepare,
                start,
                enforced,
                output,
                exit,
                List.of(steps),
                left,
                how,
                stop,
                removeFailures,
                startedAgo,
                lasted);
    }

    /** A script as a scenario has it; what it leaves out is as in {@link #PASSES}. */
    public static Script read(JsonNode json) {
        JsonNode end = json.path("end");
        return new Script(
                json.has("prepare") ? steps(json.get("prepare")) : PASSES.prepare,
                steps(json.path("start")),
                steps(json.path("enforced")),
                steps(json.path("output")),
                steps(json.path("exit")),
                steps(json.path("archive")),
                files(json.path("files")),
                new End(
                        end.path("code").asInt(0),
                        end.path("executed").asBoolean(true),
                        end.path("oomKilled").asBoolean(),
                        end.path("deadlineReached").asBoolean()),
                Stop.valueOf(json.path("stop").asText("OBEYS")),
                json.path("removeFailures").asInt(0),
                Duration.ofMillis(json.path("startedAgoMillis").asLong()),
                null);
    }

    private static Map<String, String> files(JsonNode json) {
        Map<String, String> files = new TreeMap<>();
        json.properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        return files;
    }

    private static List<Step> steps(JsonNode json) {
        List<Step> steps = new ArrayList<>();
        json.forEach(step -> steps.add(step(step)));
        return steps;
    }

    private static Step step(JsonNode json) {
        String name = json.isTextual() ? json.asText() : json.fieldNames().next();
        String value = json.path(name).asText();
        return switch (name) {
            case "waiting" -> new Step.Tell(new Preparation.Waiting(value));
            case "pulling" -> new Step.Tell(new Preparation.Pulling(value, null, null));
            case "image" -> new Step.Tell(new Preparation.ImagePresent(value));
            case "ready" -> new Step.Tell(new Preparation.Ready(value));
            case "stdout" -> new Step.Write(LogStream.STDOUT, value);
            case "stderr" -> new Step.Write(LogStream.STDERR, value);
            case "fail" ->
                new Step.Fail(CauseCode.valueOf(value), json.path("message").asText());
            case "crash" -> new Step.Crash(value);
            case "cue" -> new Step.Cue(value);
            case "hang" -> new Step.Hang();
            case "untilStopped" -> new Step.UntilStopped();
            case "die" -> new Step.Die();
            default -> throw new IllegalArgumentException(json.toString());
        };
    }
}
