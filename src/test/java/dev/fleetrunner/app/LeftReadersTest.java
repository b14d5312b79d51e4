package dev.fleetrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LeftReadersTest {
    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    private static boolean told(String logger, Throwable failure) {
        var line = new LogRecord(Level.SEVERE, "Exception in SSE server handling");
        line.setLoggerName(logger);
        line.setThrown(failure);
        return new LeftReaders().isLoggable(line);
    }

    @Test
    void thatSomebodyLeftIsNotTold() {
        assertThat(told(STREAMS, new ClosedChannelException())).isFalse();
        assertThat(told(STREAMS, new IOException("writevAddresses(..) failed with error(-32): Broken pipe")))
                .isFalse();
        assertThat(told(STREAMS, new IOException("Connection reset by peer"))).isFalse();
    }

    @Test
    void everyOtherFailureIs() {
        assertThat(told(STREAMS, new IOException("No space left on device"))).isTrue();
        assertThat(told(STREAMS, new IOException())).isTrue();
        assertThat(told(STREAMS, new IllegalStateException("why"))).isTrue();
        assertThat(told(STREAMS, null)).isTrue();
        assertThat(told("dev.fleetrunner.logs.LogStore", new ClosedChannelException()))
                .isTrue();
    }
}
