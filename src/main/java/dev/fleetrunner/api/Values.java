package dev.fleetrunner.api;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import java.util.regex.Pattern;

/** Values of parameters and headers. JAX-RS would answer 404 for a word where a number belongs, and not say which. */
final class Values {
    /** The largest number that a caller may name where nothing else bounds it; it leaves room for adding one. */
    static final long LARGEST = 999_999_999_999_999_999L;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private Values() {}

    /** A whole number, or null for none; refused with {@code INVALID_REQUEST} if it is none or out of range. */
    static Long number(String name, String text, long least, long most) {
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

    /** A yes or no, no for null; refused with {@code INVALID_REQUEST} for another word. */
    static boolean flag(String name, String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw invalid(name + " must be true or false");
    }

    static Refusal invalid(String message) {
        return Refusal.of(CauseCode.INVALID_REQUEST.because(message));
    }
}
