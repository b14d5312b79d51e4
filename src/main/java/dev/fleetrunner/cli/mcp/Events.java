package dev.fleetrunner.cli.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads the data of server-sent events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class Events {
    private static final String DATA = "data:";

    private Events() {}

    /** Hands on the data of each event, until the stream ends. */
    static void read(InputStream stream, Consumer<String> event) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        var data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring(DATA.length()).stripLeading());
            } else if (line.isEmpty() && !data.isEmpty()) {
                event.accept(data.toString());
                data.setLength(0);
            }
        }
    }
}
