package dev.fleetrunner.runtime;

import java.nio.file.Path;
import java.util.Set;

/** A real runtime for the contract test: says whether it is there, and makes one. */
public interface RuntimeFixture {

    /** The runtime's name, as in {@code -Dcontract.require}. */
    String name();

    /** Whether the real thing is there. */
    boolean available();

    /** A runtime whose containers bear this instance. */
    ContainerRuntime open(String instance);

    /**
     * Makes an image of the base image by a shell script that root runs; its user is 1000:1000.
     *
     * @param name for the image, with its tag
     */
    void makeImage(String name, String script);

    /** Removes an image, if it is there. */
    void removeImage(String name);

    /** All that the runtime tells about a task's container. */
    String inspect(ContainerRef ref);

    /** Where on this machine the runtime keeps what belongs to a task's container: its log, its configuration, its volumes. */
    Set<Path> directories(ContainerRef ref);

    /** The wall that its tasks ask for. */
    String isolation();

    /** The methods of the contract test whose walls are other ones here; a test of its own says what holds instead. */
    Set<String> differing();

    /** Closes what {@link #open} gave. */
    void close(ContainerRuntime runtime);
}
