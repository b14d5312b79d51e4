package dev.fleetrunner.store;

/** A store under test, with data of its own that no other test sees. */
public interface StoreFixture extends AutoCloseable {

    /** The store as it is open now. */
    Journal journal();

    /** The same store's index. */
    TaskIndex index();

    /** The same store's audit. */
    AuditStore audit();

    /** The same store's tokens. */
    TokenStore tokens();

    /** Closes the store and opens its data anew, in a new object. */
    void reopen();

    /** How many streams the store feeds; for tests that look for leaks. */
    int followed();

    /**
     * A program, not started yet, that runs {@link AppendUntilKilled} on the same data in a process of its own. The
     * store here is closed while it runs.
     */
    ProcessBuilder appender();

    /** Closes the store but keeps its data; {@link #reopen()} opens it again. */
    @Override
    void close();
}
