package dev.fleetrunner.mcp.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.json.ContractMapper;
import io.quarkiverse.mcp.server.ResourceContents;
import io.quarkiverse.mcp.server.TextResourceContents;

/** JSON as the contents of a resource. */
final class Documents {
    static final String JSON = "application/json";

    private static final JsonMapper MAPPER = ContractMapper.create();

    private Documents() {}

    static ResourceContents of(String uri, Object document) {
        try {
            return new TextResourceContents(uri, MAPPER.writeValueAsString(document), JSON);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }
}
