package dev.fleetrunner.runtime;

/** A real runtime for the contract test: says whether it is there, and makes one. */
public interface RuntimeFixture {

    /** The runtime's name, as in {@code -Dcontract.require}. */
    String name();

    /** Whether the real thing is there. */
    boolean available();

    /** A runtime whose containers bear this instance. */
    ContainerRuntime open(String instance);

    /** Closes what {@link #open} gave. */
    void close(ContainerRuntime runtime);
}
