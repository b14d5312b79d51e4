package dev.fleetrunner.runtime.engine.gateway;

/** A call that is not served; the client gets it in the engine's own shape. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** What a task may not do, with what it can do instead. */
    static Refusal forbidden(String what) {
        return new Refusal(403, what);
    }

    static Refusal malformed(String what) {
        return new Refusal(400, what);
    }

    static Refusal notFound(String kind, String name) {
        return new Refusal(404, "No such " + kind + ": " + name);
    }

    int status() {
        return status;
    }
}
