package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Foreseen;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.security.WhoAsks;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.ResourceTemplateManager;
import io.quarkiverse.mcp.server.ResourceTemplateManager.ResourceTemplateArguments;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Offers every {@link AgentResource} to clients. */
@Singleton
class ResourceRegistration {
    private static final Logger LOG = Logger.getLogger(ResourceRegistration.class);

    private final ResourceTemplateManager manager;
    private final List<AgentResource> resources;
    private final WhoAsks who;

    ResourceRegistration(ResourceTemplateManager manager, @All List<AgentResource> resources, WhoAsks who) {
        this.manager = manager;
        this.resources = resources;
        this.who = who;
    }

    void register(@Observes StartupEvent start) {
        resources.forEach(this::register);
    }

    private void register(AgentResource resource) {
        AgentResource.About about = resource.about();
        manager.newResourceTemplate(about.name())
                .setUriTemplate(about.template())
                .setTitle(about.title())
                .setDescription(about.description())
                .setMimeType(about.type())
                .setAsyncHandler(arguments -> read(resource, arguments))
                .register();
    }

    private Uni<ResourceResponse> read(AgentResource resource, ResourceTemplateArguments arguments) {
        return Uni.createFrom()
                .deferred(() -> resource.read(new AgentResource.Request(
                        who.caller(), arguments.requestUri().value(), arguments.args())))
                .map(ResourceResponse::new)
                .onFailure()
                .transform(ResourceRegistration::told);
    }

    /** The protocol has codes of its own; ours is in the message. */
    private static Throwable told(Throwable failure) {
        Cause cause = Foreseen.refusal(failure).map(Refusal::reason).orElseGet(() -> {
            LOG.error("a resource cannot be read for a reason that is not foreseen", failure);
            return CauseCode.INTERNAL.because("an internal error; the service's log has it");
        });
        int code =
                switch (cause.code()) {
                    case NOT_FOUND -> JsonRpcErrorCodes.RESOURCE_NOT_FOUND;
                    case INVALID_REQUEST -> JsonRpcErrorCodes.INVALID_PARAMS;
                    case FORBIDDEN -> JsonRpcErrorCodes.SECURITY_ERROR;
                    default -> JsonRpcErrorCodes.INTERNAL_ERROR;
                };
        return new McpException(cause.code() + ": " + cause.message() + "; " + cause.remedy(), code);
    }
}
