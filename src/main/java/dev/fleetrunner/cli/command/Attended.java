package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Words;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Answer;
import dev.fleetrunner.cli.rest.Refused;
import dev.fleetrunner.cli.rest.Service;
import dev.fleetrunner.cli.rest.Unreachable;
import dev.fleetrunner.cli.task.Following;
import dev.fleetrunner.cli.task.Interrupts;
import dev.fleetrunner.cli.task.LogFilter;
import dev.fleetrunner.cli.task.LogPrinter;
import dev.fleetrunner.cli.task.Outcome;
import dev.fleetrunner.cli.task.Waiting;
import dev.fleetrunner.cli.task.Watching;

/** A task that somebody waits for: its log or its result, its exit code, and its end at the second Ctrl-C. */
final class Attended {
    private final Screen screen;
    private final Service service;
    private final String id;
    private final boolean ours;

    /**
     * A task of a service.
     *
     * @param ours whether the service ends with this process, so that the task's end is to be waited for in any case
     */
    Attended(Screen screen, Service service, String id, boolean ours) {
        this.screen = screen;
        this.service = service;
        this.id = id;
        this.ours = ours;
    }

    /** Waits for the end; the exit code. */
    int toTheEnd(boolean follow, Output output) {
        Interrupts.ask(screen, id, this::cancel);
        Answer answer = new Watching(service, screen, id, follow).during(() -> {
            if (follow) {
                new Following(service, id, LogFilter.ALL, new LogPrinter(screen)).toTheEnd();
            }
            return new Waiting(service, id).result();
        });
        JsonNode result = answer.tree();
        if (!follow) {
            output.print(screen, answer, new ResultView(screen)::print);
        } else if (!"passed".equals(Json.text(result, "status"))) {
            screen.note(screen.noteStyle().bad("fleet: task " + id + " " + why(result)));
        }
        return Outcome.exitCode(result);
    }

    private static String why(JsonNode result) {
        JsonNode cause = result.path("cause");
        return Words.printable(Json.text(result, "status") + ": " + Json.text(cause, "code") + ": "
                + Json.text(cause, "message") + "; " + Json.text(cause, "remedy"));
    }

    private void cancel() {
        try {
            service.post(Address.ofTask(id, "/cancel"), null);
            screen.note("fleet: task " + id + " is being cancelled");
        } catch (Unreachable | Refused failed) {
            screen.note("fleet: task " + id + " could not be cancelled: " + failed.getMessage());
            return;
        }
        if (!ours) {
            System.exit(ExitCode.CANCELLED);
        }
    }
}
