package dev.fleetrunner.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * One line of {@code go test -json}, after the documentation of {@code go tool test2json}. All but the action may be null.
 *
 * @param unit the package, or for build output its import path
 * @param seconds 0 if not told
 * @param failedBuild the import path whose build failed
 */
record GoEvent(String action, String unit, String test, String output, double seconds, String failedBuild) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Null if the line is no such event. */
    static GoEvent read(String line) {
        String action = null;
        String unit = null;
        String test = null;
        String output = null;
        String failedBuild = null;
        double seconds = 0;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                json.skipChildren();
                String text = value.isScalarValue() ? json.getText() : null;
                switch (field) {
                    case "Action" -> action = text;
                    case "Package", "ImportPath" -> unit = text;
                    case "Test" -> test = text;
                    case "Output" -> output = text;
                    case "Elapsed" -> seconds = Seconds.parse(text);
                    case "FailedBuild" -> failedBuild = text;
                    default -> {}
                }
            }
            boolean whole = json.currentToken() == JsonToken.END_OBJECT;
            return whole && action != null ? new GoEvent(action, unit, test, output, seconds, failedBuild) : null;
        } catch (IOException malformed) {
            return null;
        }
    }
}
