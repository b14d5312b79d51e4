package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.json.SpecWriter;
import dev.fleetrunner.pipeline.PolicyReading;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.policy.Change;
import dev.fleetrunner.policy.Decision;
import dev.fleetrunner.policy.PolicyInForce;
import dev.fleetrunner.security.WhoAsks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who may ask for what. */
@Path("/api/v1/policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Policy")
public class PolicyResource {
    private final Tasks tasks;
    private final PolicyReading policy;
    private final WhoAsks who;

    PolicyResource(Tasks tasks, PolicyReading policy, WhoAsks who) {
        this.tasks = tasks;
        this.policy = policy;
        this.who = who;
    }

    /**
     * The policy in force.
     *
     * @param source the operator's file, or where the shipped one is
     * @param sha256 of the text
     * @param since when it came into force
     * @param text in YAML
     * @param faults of what the file says by now; empty while that is what is in force
     */
    public record PolicyBody(String source, String sha256, Instant since, String text, List<Fault> faults) {

        static PolicyBody of(PolicyInForce.State state) {
            return new PolicyBody(state.source(), state.digest(), state.since(), state.text(), state.faults());
        }
    }

    /**
     * What the policy says of a spec.
     *
     * @param rule that decided; null if none fits
     * @param profile that the rule gives; null if none fits
     * @param spec as it would run, or as far as it was changed before it was denied
     */
    public record Explanation(
            boolean allowed,
            String rule,
            String profile,
            List<Fault> denials,
            List<Change> changes,
            @JsonRawValue @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
                    String spec) {

        static Explanation of(Decision decision) {
            byte[] spec = new SpecWriter().write(decision.spec());
            return new Explanation(
                    decision.allowed(),
                    decision.rule(),
                    decision.profile(),
                    decision.denials(),
                    decision.changes(),
                    new String(spec, StandardCharsets.UTF_8));
        }
    }

    @GET
    @Operation(summary = "The policy in force, as written")
    public PolicyBody get() {
        return PolicyBody.of(policy.get(who.caller()));
    }

    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What the policy says of a TaskSpec",
            description = "Allowed or not, by which rule, and what would be changed. Nothing is run.")
    @APIResponse(
            responseCode = "200",
            description = "The explanation, of a denial too",
            content = @Content(schema = @Schema(implementation = Explanation.class)))
    @APIResponse(
            responseCode = "400",
            description = "A bad spec, with every fault",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<Explanation> check(byte[] spec) {
        return tasks.explain(who.caller(), spec).map(Explanation::of);
    }
}
