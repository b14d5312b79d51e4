package dev.fleetrunner.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An open stream of server-sent events. Reading blocks until there is one. */
public final class ServerEvents implements AutoCloseable {
    private final BufferedReader lines;

    /**
     * @param stream the body of the answer
     */
    public ServerEvents(InputStream stream) {
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * One event, fields as they came; null for a field that did not come.
     *
     * @param comment whether it is but a comment
     */
    public record Event(String id, String name, String data, boolean comment) {}

    /** The next event, or null at the end of the stream. */
    public Event next() {
        String id = null;
        String name = null;
        String data = null;
        boolean comment = false;
        String line;
        while ((line = read()) != null) {
            if (line.isEmpty()) {
                return new Event(id, name, data, comment);
            }
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).stripLeading();
            switch (line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data = data == null ? value : data + "\n" + value;
                case "" -> comment = true;
                default -> throw new IllegalStateException("no field of server-sent events: " + line);
            }
        }
        return null;
    }

    /** All events until the stream's end, comments left out. */
    public List<Event> rest() {
        List<Event> events = new ArrayList<>();
        Event event;
        while ((event = next()) != null) {
            if (!event.comment()) {
                events.add(event);
            }
        }
        return events;
    }

    private String read() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
