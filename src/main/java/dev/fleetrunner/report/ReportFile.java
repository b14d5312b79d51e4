package dev.fleetrunner.report;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that may be a report.
 *
 * @param path its path in the container, for the notes
 * @param sizeBytes its size; believed only as far as it rules the file out
 * @param content opens it for reading
 */
public record ReportFile(String path, long sizeBytes, Content content) {

    /** Where the bytes come from; called at most once, and the stream is closed. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
