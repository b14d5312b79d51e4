package dev.fleetrunner.console.policy;

import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.pipeline.PolicyReading;
import dev.fleetrunner.policy.PolicyInForce;
import dev.fleetrunner.security.WhoAsks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Who may ask for what, as it is written, and whether the file has faults by now. */
@Path("/policy")
@Produces(MediaType.TEXT_HTML)
public class PolicyPage {
    private final PolicyReading policy;
    private final WhoAsks who;

    PolicyPage(PolicyReading policy, WhoAsks who) {
        this.policy = policy;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance policy(View policy);
    }

    /** The policy in words. */
    record View(String source, String sha256, String since, String ago, String text, List<Fault> faults) {
        static View of(PolicyInForce.State state) {
            return new View(
                    state.source(),
                    state.digest(),
                    Words.time(state.since()),
                    Words.ago(state.since(), Instant.now()),
                    state.text(),
                    state.faults());
        }
    }

    /** The page. */
    @GET
    public Uni<RestResponse<String>> policy() {
        Caller caller = who.caller();
        return Page.of(
                Uni.createFrom().item(() -> policy.get(caller)).map(View::of).map(Templates::policy));
    }
}
