package dev.fleetrunner.cli.mcp;

import dev.fleetrunner.cli.output.Shell;
import dev.fleetrunner.cli.rest.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hands messages on, a line each: from standard input to the service, and what the service says to standard output.
 * Requests go on beside each other, so that one that waits holds up no other, nor its own cancellation; a client that has
 * too many of them is read no further.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">Transports</a>
 */
public final class Bridge {
    private static final int MOST = 64;
    /** Longer than any call of the service waits. */
    private static final int LAST_ANSWERS_SEC = 60;

    private final Shell shell;
    private final Outgoing outgoing;
    private final Upstream upstream;
    private final Semaphore room = new Semaphore(MOST);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "mcp");
        thread.setDaemon(true);
        return thread;
    });

    public Bridge(Shell shell, Service service) {
        this.shell = shell;
        this.outgoing = new Outgoing(shell.out());
        this.upstream = new Upstream(service, outgoing);
    }

    /** Goes on until standard input ends; what has been asked by then is still answered. */
    public void toTheEnd() {
        try (var lines = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    take(line);
                }
            }
            room.tryAcquire(MOST, LAST_ANSWERS_SEC, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            upstream.leave();
            threads.shutdownNow();
        }
    }

    private void take(String line) throws InterruptedException {
        Message message = Message.of(line);
        if (message == null) {
            outgoing.error(null, Message.PARSE_ERROR, "this line is not a JSON document; send one message a line");
        } else if (!message.isRequest() || message.isInitialize()) {
            // What comes next may build on it.
            upstream.send(message);
            if (message.method().equals("notifications/initialized")) {
                threads.execute(upstream::listen);
            }
        } else {
            room.acquire();
            threads.execute(() -> {
                try {
                    upstream.send(message);
                } finally {
                    room.release();
                }
            });
        }
    }
}
