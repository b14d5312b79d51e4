package dev.fleetrunner.web;

import java.nio.charset.StandardCharsets;

/** Addresses of the REST door's files, for whoever links to them. */
public final class Address {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Address() {}

    /**
     * The address of a file that a task left behind.
     *
     * @param path in the container, without the leading slash
     */
    public static String ofArtifact(String taskId, String path) {
        return "/api/v1/tasks/" + taskId + "/artifacts/" + encoded(path).replace("%2F", "/");
    }

    /** Any text, UTF-8 in percent-encoding, all but the unreserved characters of RFC 3986 encoded. */
    public static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            if (one > 0 && UNRESERVED.indexOf(one) >= 0) {
                encoded.append((char) one);
            } else {
                encoded.append(String.format("%%%02X", one));
            }
        }
        return encoded.toString();
    }
}
