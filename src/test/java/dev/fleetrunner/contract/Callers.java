package dev.fleetrunner.contract;

/** Who asks in tests. */
public final class Callers {
    private static final String ADDRESS = "192.0.2.1";

    private Callers() {}

    /** Somebody with this role. */
    public static Caller of(String name, AccessRole role) {
        return new Caller(name, role, Caller.Share.WHOLE, ADDRESS);
    }

    /** Somebody who may do what is done with tasks. */
    public static Caller operator(String name) {
        return of(name, AccessRole.OPERATOR);
    }
}
