package dev.fleetrunner.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetrunner.cli.rest.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log whose connection breaks, of a service that stops in the middle. */
class FollowingTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private HttpServer server;

    /** What one connection gives: records from a number on, whole or broken off. */
    private record Part(long from, long to, boolean broken) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/tasks/t", this::state);
        server.createContext("/api/v1/tasks/t/logs", this::log);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void state(HttpExchange exchange) throws IOException {
        byte[] body = ("{\"phase\": \"" + states.remove(0) + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void log(HttpExchange exchange) throws IOException {
        asked.add(String.valueOf(exchange.getRequestURI().getQuery()));
        Part part = parts.remove(0);
        StringBuilder lines = new StringBuilder();
        for (long seq = part.from(); seq <= part.to(); seq++) {
            lines.append("{\"seq\":")
                    .append(seq)
                    .append(",\"stream\":\"stdout\",\"text\":\"line ")
                    .append(seq)
                    .append("\",\"eol\":true}\n");
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        // One byte more than there is: the connection ends before the answer does.
        exchange.sendResponseHeaders(200, part.broken() ? body.length + 1 : body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        exchange.close();
    }

    private List<Long> followed() {
        List<Long> seen = new ArrayList<>();
        var service = new Service("http://127.0.0.1:" + server.getAddress().getPort(), "token");
        new Following(service, "t", LogFilter.ALL, lines -> lines.forEach(line -> seen.add(line.seq()))).toTheEnd();
        return seen;
    }

    @Test
    void goesOnWhereTheConnectionBroke() {
        parts.addAll(List.of(new Part(1, 3, true), new Part(4, 5, false), new Part(6, 5, false)));
        states.add("done");
        assertThat(followed()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(asked).containsExactly("follow=true", "from=4&follow=true", "from=6");
    }

    @Test
    void goesOnWhenAServiceStoppedAndCameBack() {
        parts.addAll(List.of(new Part(1, 2, false), new Part(3, 3, false), new Part(4, 4, false)));
        states.addAll(List.of("running", "done"));
        assertThat(followed()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(asked).last().isEqualTo("from=4");
    }
}
