package dev.fleetrunner.cli.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A path of the service with its query, put together part by part. */
public final class Address {
    private final StringBuilder text;
    private char separator = '?';

    private Address(String path) {
        text = new StringBuilder(path);
    }

    /** A path as it is. */
    public static Address of(String path) {
        return new Address(path);
    }

    /** What is said of a task: its id and, behind a slash, the rest of the path, which may be empty. */
    public static Address ofTask(String id, String rest) {
        return new Address("/api/v1/tasks/" + encoded(id) + rest);
    }

    /** With a parameter; null leaves it out. */
    public Address with(String name, Object value) {
        if (value != null) {
            text.append(separator).append(name).append('=').append(encoded(value.toString()));
            separator = '&';
        }
        return this;
    }

    /** With a parameter for each value; null for none. */
    public Address withAll(String name, List<String> values) {
        if (values != null) {
            values.forEach(value -> with(name, value));
        }
        return this;
    }

    /** A text as one part of a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
