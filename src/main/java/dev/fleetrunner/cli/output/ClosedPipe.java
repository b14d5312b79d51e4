package dev.fleetrunner.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Nobody reads standard output any more: the command ends, and nobody is there to be told why. */
public final class ClosedPipe extends RuntimeException {
    ClosedPipe(Throwable cause) {
        super("standard output is closed", cause);
    }

    /** Whether this is why nothing could be written, and not a full disk. Java has no more of an error than its words. */
    static boolean isReason(IOException failure) {
        if ("Broken pipe".equals(failure.getMessage())) {
            return true;
        }
        // In another language: what cannot be written to is a pipe.
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
        } catch (IOException notLinux) {
            return false;
        }
    }
}
