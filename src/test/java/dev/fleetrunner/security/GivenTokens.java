package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.service.Client;
import java.net.http.HttpResponse;

/** Tokens of the service under test, made as an administrator makes them. */
public final class GivenTokens {
    private GivenTokens() {}

    /** A token, as text. */
    public static String make(String name, AccessRole role) {
        return made("{\"name\": \"" + name + "\", \"role\": \"" + role.word() + "\"}")
                .path("token")
                .asText();
    }

    /** What is answered to a wish that is granted. */
    public static JsonNode made(String wish) {
        HttpResponse<String> response = Client.known().post("/api/v1/tokens", wish);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Client.json(response);
    }
}
