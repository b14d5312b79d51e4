package dev.fleetrunner.artifact;

import java.io.IOException;

/** What came is no tar, or no longer one; the message says what is wrong with it. */
final class DamagedTar extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedTar(String message) {
        super(message);
    }
}
