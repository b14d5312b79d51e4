package dev.fleetrunner.api;

import java.util.Arrays;

/**
 * The conditions of a request against the tag of what is there.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests">RFC 9110, section 13</a>
 */
final class Conditions {
    private Conditions() {}

    /** Whether {@code If-None-Match} says that the client has it; compared weakly. */
    static boolean has(String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }

    /** Whether a range may be given: {@code If-Range} is absent, or has this very tag. A date never fits. */
    static boolean mayGiveRange(String ifRange, String etag) {
        return ifRange == null || ifRange.strip().equals(etag);
    }
}
