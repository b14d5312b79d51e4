package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.contract.Caller;
import io.quarkiverse.mcp.server.ResourceContents;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** What agents read by an address with variables in it. */
interface AgentResource {

    /** What clients are told of it. */
    About about();

    /** Reads it. It fails as the use cases do. */
    Uni<ResourceContents> read(Request request);

    /**
     * What clients are told of a resource.
     *
     * @param template of its addresses, of level 1 (RFC 6570)
     * @param type its media type; null where it depends
     */
    record About(String name, String template, String title, String description, String type) {}

    /**
     * Somebody wants to read.
     *
     * @param uri the address
     * @param variables what stands in the address for the template's variables
     */
    record Request(Caller caller, String uri, Map<String, String> variables) {
        String taskId() {
            return variables.get("id");
        }
    }
}
