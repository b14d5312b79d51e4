package dev.fleetrunner.security;

/** What a token, or a session, turned out to be. */
public sealed interface Found {

    /** It is good. */
    record Known(Holder holder) implements Found {}

    /**
     * It was good once; only who held it learns so.
     *
     * @param message what became of it
     */
    record Ended(String message) implements Found {}

    /** Nobody knows it. */
    record Unknown() implements Found {}
}
