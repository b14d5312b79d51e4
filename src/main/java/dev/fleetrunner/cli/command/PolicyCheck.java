package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Words;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.spec.SpecDocument;
import dev.fleetrunner.cli.spec.SpecOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Explains what the policy says of a spec. */
@Command(
        name = "check",
        customSynopsis = "fleet policy check [OPTION...] [-f FILE] [[--] COMMAND [ARGUMENT...]]",
        description = "What the policy says of a task, without running it; exit code 1 if it is denied.")
public final class PolicyCheck implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Mixin
    private SpecOptions spec;

    @Override
    public Integer call() {
        byte[] document = new SpecDocument(session.screen(), session.service()).of(spec);
        var answer = session.service().post(Address.of("/api/v1/policy/check"), document);
        output.print(session.screen(), answer, this::explain);
        return answer.tree().path("allowed").asBoolean() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void explain(JsonNode explanation) {
        var screen = session.screen();
        String verdict = explanation.path("allowed").asBoolean() ? "allowed" : "denied";
        String rule = Json.text(explanation, "rule");
        screen.line(screen.style().status(verdict)
                + (rule == null ? ", no rule fits" : ", by rule " + rule)
                + (rule == null ? "" : ", profile " + Json.text(explanation, "profile")));
        explanation.path("denials").forEach(fault -> screen.line("denied   " + denial(fault)));
        explanation.path("changes").forEach(change -> screen.line("changed  " + change(change)));
    }

    private static String denial(JsonNode fault) {
        String remedy = Json.text(fault, "remedy");
        return Words.printable(Json.text(fault, "pointer") + ": " + Json.text(fault, "message")
                + (remedy == null ? "" : "; " + remedy));
    }

    private static String change(JsonNode change) {
        String from = Json.text(change, "from");
        String to = Json.text(change, "to");
        return Words.printable(Json.text(change, "pointer") + ": " + (from == null ? "nothing" : from) + " -> "
                + (to == null ? "nothing" : to) + "; " + Json.text(change, "reason"));
    }
}
