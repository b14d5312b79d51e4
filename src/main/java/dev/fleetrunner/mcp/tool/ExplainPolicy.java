package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.Fitting;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.policy.Change;
import dev.fleetrunner.policy.Decision;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the policy says of a spec, before it is run. */
@Singleton
class ExplainPolicy implements AgentTool {
    private static final int MOST = 100;
    private static final int FRAME = 300;

    private final Tasks tasks;

    ExplainPolicy(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "explain_policy";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        byte[] spec = Specs.of(arguments);
        int maxBytes = arguments.maxBytes(TaskAnswers.USUAL_BYTES);
        arguments.complete();
        return Specs.placed(tasks.explain(call.caller(), spec)).map(decision -> answer(decision, maxBytes));
    }

    private static Answer answer(Decision decision, int maxBytes) {
        int room = (maxBytes - FRAME) / 2;
        List<Map<String, Object>> denials = Fitting.items(
                decision.denials().stream().map(ExplainPolicy::json).toList(), MOST, room);
        List<Map<String, Object>> changes = Fitting.items(
                decision.changes().stream().map(ExplainPolicy::json).toList(), MOST, room);
        var text = new StringBuilder(decision.allowed() ? "Allowed" : "Denied");
        text.append(decision.rule() == null ? ": no rule fits\n" : " by the rule " + decision.rule() + "\n");
        denials.forEach(denial -> text.append("Denied ")
                .append(denial.get("pointer"))
                .append(": ")
                .append(denial.get("message"))
                .append("; ")
                .append(denial.get("remedy"))
                .append('\n'));
        changes.forEach(change -> text.append("Changed ")
                .append(change.get("pointer"))
                .append(" from ")
                .append(change.get("from"))
                .append(" to ")
                .append(change.get("to"))
                .append(": ")
                .append(change.get("reason"))
                .append('\n'));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("allowed", decision.allowed());
        json.put("rule", decision.rule());
        json.put("profile", decision.profile());
        json.put("denials", denials);
        json.put("changes", changes);
        return new Answer(text.toString(), json);
    }

    private static Map<String, Object> json(Fault denial) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pointer", "/spec" + denial.pointer());
        json.put("message", denial.message());
        json.put("remedy", denial.remedy());
        return json;
    }

    private static Map<String, Object> json(Change change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pointer", "/spec" + change.pointer());
        json.put("from", change.from());
        json.put("to", change.to());
        json.put("reason", change.reason());
        return json;
    }
}
