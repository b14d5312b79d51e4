package dev.fleetrunner.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Shell;
import dev.fleetrunner.service.Client;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command that was run in this process, and what it wrote. */
public record Ran(int code, String out, String err) {

    /** With these variables and nothing on standard input, no terminal. */
    public static Ran with(Map<String, String> environment, String... arguments) {
        return reading("", environment, arguments);
    }

    /** With something on standard input. */
    public static Ran reading(String input, Map<String, String> environment, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int code = Main.run(new Shell(in, out, err, false, false, 0, environment), arguments);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Against the service under test, as its administrator. */
    public static Ran fleet(String... arguments) {
        return with(service(), arguments);
    }

    /** The variables that name the service under test. */
    public static Map<String, String> service() {
        return Map.of("FLEET_URL", Client.address().toString(), "FLEET_TOKEN", Client.token(), "HOME", "/nonexistent");
    }

    JsonNode json() {
        try {
            return Json.read(out.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + out, e);
        }
    }
}
