package dev.fleetrunner.mcp.call;

import java.util.Map;

/** The client of a call, while it waits. */
public interface Client {

    /** The address that it reaches the service at, such as {@code http://127.0.0.1:8080}, without a slash at its end. */
    String address();

    /** Whether it does not wait any more: it has cancelled its request, or its connection is gone. */
    boolean gone();

    /**
     * Tells how far it is, if the client wants to know.
     *
     * @param value grows from one notification to the next
     * @param total what the value will be in the end; null if not known
     */
    void progress(double value, Double total, String message);

    /** Gives it a line of a log, if the client wants lines. */
    void log(Map<String, Object> line);
}
