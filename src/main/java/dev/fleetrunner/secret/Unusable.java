package dev.fleetrunner.secret;

/** A secret that is not there, or not as it must be. The words name it and never show it. */
public final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String remedy;

    Unusable(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What to do about it, in one line. */
    public String remedy() {
        return remedy;
    }
}
