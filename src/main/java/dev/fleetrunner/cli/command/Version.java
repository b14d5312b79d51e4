package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Answer;
import dev.fleetrunner.cli.rest.Refused;
import dev.fleetrunner.cli.rest.Unreachable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tells the versions of this client and of the service. */
@Command(name = "version", description = "The versions of this client and of the service.")
public final class Version implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Option(names = "--client", description = "Ask no service.")
    private boolean clientOnly;

    @Override
    public Integer call() {
        ObjectNode versions = Json.object()
                .put("client", ofClient())
                .put("java", Runtime.version().toString());
        if (!clientOnly) {
            versions.put("url", session.service().url());
            try {
                versions.put("service", ofService());
            } catch (Unreachable | Refused failure) {
                versions.putNull("service").put("reason", failure.getMessage());
            }
        }
        output.print(session.screen(), new Answer(200, Json.write(versions)), tree -> {
            session.screen().line("client   " + ofClient() + " (Java " + Json.text(tree, "java") + ")");
            if (!clientOnly) {
                String service = Json.text(tree, "service");
                session.screen()
                        .line("service  "
                                + (service != null
                                        ? service + " at " + Json.text(tree, "url")
                                        : Json.text(tree, "reason")));
            }
        });
        return ExitCode.OK;
    }

    /** Of this file. */
    static String ofClient() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** One that does not tell is older than this client. */
    private String ofService() {
        String version =
                Json.text(session.service().get(Address.of("/api/v1/health")).tree(), "version");
        return version == null ? "unknown" : version;
    }
}
