package dev.fleetrunner.cli.output;

/** Colours, where they are wanted. */
public final class Style {
    private final boolean coloured;

    Style(boolean coloured) {
        this.coloured = coloured;
    }

    /** Whether there are any. */
    public boolean isColoured() {
        return coloured;
    }

    /** A word that says how a task or a part of the service is, in its colour. */
    public String status(String word) {
        return switch (word) {
            case "passed", "healthy", "up", "allowed", "ok", "yes" -> code("32", word);
            case "failed", "error", "timeout", "degraded", "down", "denied" -> code("31", word);
            case "running" -> code("36", word);
            case "pending", "cancelled" -> code("33", word);
            default -> word;
        };
    }

    /** What is to be seen first. */
    public String strong(String text) {
        return code("1", text);
    }

    /** What is to be seen last. */
    public String faint(String text) {
        return code("2", text);
    }

    /** What went wrong. */
    public String bad(String text) {
        return code("31", text);
    }

    private String code(String code, String text) {
        return coloured && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
