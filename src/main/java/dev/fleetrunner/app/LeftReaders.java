package dev.fleetrunner.app;

import io.quarkus.logging.LoggingFilter;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log that somebody has left a stream: whoever closes a page with a live log does so, and it is no error.
 * A stream that fails for any other reason is told.
 */
@LoggingFilter(name = "left-readers")
public final class LeftReaders implements Filter {
    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    @Override
    public boolean isLoggable(LogRecord line) {
        return !STREAMS.equals(line.getLoggerName()) || !isLeft(line.getThrown());
    }

    private static boolean isLeft(Throwable failure) {
        return failure instanceof ClosedChannelException
                || failure instanceof IOException io
                        && io.getMessage() != null
                        && (io.getMessage().contains("Broken pipe")
                                || io.getMessage().contains("Connection reset"));
    }
}
