package dev.fleetrunner.console.task;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.pipeline.Story;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.PhaseTimes;
import dev.fleetrunner.task.PhaseTimes.Span;
import dev.fleetrunner.task.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a task's time went by.
 *
 * @param steps the phases in their order
 * @param asides what happened besides, in its order
 * @param whole from the submission to the end, or until now
 */
record Timeline(List<Step> steps, List<Aside> asides, String whole) {
    /** The width of all bars together. */
    private static final int WIDTH = 100;

    /**
     * A phase.
     *
     * @param from when it began, exactly
     * @param lasted how long, or how long so far
     * @param left where its bar begins, of {@value #WIDTH}
     * @param width of its bar; at least so much that it can be seen
     * @param going whether it lasts
     */
    record Step(String name, Instant from, String lasted, String left, String width, boolean going) {}

    /** Something that happened, and when exactly. */
    record Aside(Instant at, String words) {}

    static Timeline of(Story story, Instant now) {
        List<TaskEvent> events = story.events().stream().map(StoredEvent::event).toList();
        List<Span> spans = PhaseTimes.of(events);
        Instant begin = spans.get(0).from();
        Span last = spans.get(spans.size() - 1);
        Duration whole = Duration.between(begin, last.to() == null ? now : last.to());
        return new Timeline(
                spans.stream().map(span -> step(span, begin, whole, now)).toList(),
                asides(events),
                Words.duration(whole));
    }

    private static Step step(Span span, Instant begin, Duration whole, Instant now) {
        double all = Math.max(1, whole.toMillis());
        double left = Math.max(0, Duration.between(begin, span.from()).toMillis()) / all * WIDTH;
        double width = Math.max(0.5, span.until(now).toMillis() / all * WIDTH);
        return new Step(
                name(span.phase()),
                span.from(),
                Words.duration(span.until(now)),
                Words.decimal(Math.min(left, WIDTH - 0.5)),
                Words.decimal(Math.min(width, WIDTH - Math.min(left, WIDTH - 0.5))),
                span.to() == null);
    }

    private static String name(Phase phase) {
        return switch (phase) {
            case QUEUED -> "waited in the queue";
            case PREPARING -> "was prepared";
            case RUNNING -> "ran";
            case COLLECTING -> "logs and artifacts were collected";
            case DONE -> "done";
        };
    }

    private static List<Aside> asides(List<TaskEvent> events) {
        List<Aside> asides = new ArrayList<>();
        for (TaskEvent event : events) {
            if (event instanceof TaskEvent.CancelRequested cancel) {
                asides.add(new Aside(event.at(), cancel.by() + " asked for its end"));
            } else if (event instanceof TaskEvent.TakenOver takeover) {
                asides.add(new Aside(event.at(), "runner " + takeover.runner() + " took it over"));
            }
        }
        return asides;
    }
}
