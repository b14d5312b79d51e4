package dev.fleetrunner.contract;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which images may be used.
 *
 * @param allow patterns of references, as {@link Glob} reads them; one without tag and digest stands for all of them
 * @param digest whether a reference must name the digest
 */
public record ImageRule(List<String> allow, boolean digest) {
    /** Every image. */
    public static final ImageRule ALL = new ImageRule(List.of("*"), false);
    /** No image at all. */
    public static final ImageRule NONE = new ImageRule(List.of(), true);

    private static final Pattern TAG_AND_DIGEST = Pattern.compile("(:[^:/@]+)?(@.*)?$");

    public ImageRule {
        allow = List.copyOf(allow);
    }

    /** Whether a reference fits one of the patterns; says nothing of its digest. */
    public boolean allows(String reference) {
        List<Glob> globs = allow.stream().map(Glob::of).toList();
        String name = TAG_AND_DIGEST.matcher(reference).replaceFirst("");
        return Glob.any(globs, reference) || Glob.any(globs, name);
    }

    /** Whether a reference lacks the digest that it must name. */
    public boolean wantsDigestOf(String reference) {
        return digest && !reference.contains("@sha256:");
    }

    /** For messages: what is allowed, in words. */
    public String words() {
        return allow.isEmpty() ? "none" : String.join(", ", allow);
    }
}
