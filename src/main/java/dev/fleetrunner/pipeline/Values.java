package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.CauseCode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Values as callers write them, in parameters, headers and forms; a bad one is refused by its name. */
public final class Values {
    /** The largest number that a caller may name where nothing else bounds it; it leaves room for adding one. */
    public static final long LARGEST = 999_999_999_999_999_999L;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private Values() {}

    /** A whole number, or null for none; refused with {@code INVALID_REQUEST} if it is none or out of range. */
    public static Long number(String name, String text, long least, long most) {
        if (text == null) {
            return null;
        }
        if (NUMBER.matcher(text.strip()).matches()) {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw invalid(name + " must be a whole number from " + least + " to " + most);
    }

    /** The text, or null for an empty one: forms send every field. */
    public static String given(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** A yes or no, no for null; refused with {@code INVALID_REQUEST} for another word. */
    public static boolean flag(String name, String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw invalid(name + " must be true or false");
    }

    /** A point in time, or null for none; refused with {@code INVALID_REQUEST} if it is none in RFC 3339. */
    public static Instant instant(String name, String text) {
        try {
            return text == null || text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(name + " must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** A refusal of what a caller wrote. */
    public static Refusal invalid(String message) {
        return Refusal.of(CauseCode.INVALID_REQUEST.because(message));
    }
}
