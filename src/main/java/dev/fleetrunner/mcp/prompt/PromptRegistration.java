package dev.fleetrunner.mcp.prompt;

import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.PromptManager.PromptDefinition;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Offers the prompts in {@code resources/mcp/prompts} to clients. */
@Singleton
class PromptRegistration {
    private static final List<String> NAMES = List.of("run_tests", "explain_failure", "fix_until_green");

    private final PromptManager manager;

    PromptRegistration(PromptManager manager) {
        this.manager = manager;
    }

    void register(@Observes StartupEvent start) {
        NAMES.forEach(name -> register(name, PromptText.of(name)));
    }

    private void register(String name, PromptText prompt) {
        PromptDefinition definition =
                manager.newPrompt(name).setTitle(prompt.title()).setDescription(prompt.description());
        prompt.arguments()
                .forEach(argument -> definition.addArgument(
                        argument.name(), argument.description(), argument.required(), argument.usual()));
        definition
                .setAsyncHandler(given -> Uni.createFrom()
                        .item(PromptResponse.withMessages(PromptMessage.withUserRole(prompt.with(given.args())))))
                .register();
    }
}
