package dev.fleetrunner.report;

import java.io.IOException;

/** The file is not what it seemed to be; the message continues "the file is malformed: ". */
final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
