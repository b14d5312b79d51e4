package dev.fleetrunner.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service with one task, whose command writes a line and runs until the test ends it or somebody cancels it. */
final class PretendedTask implements AutoCloseable {
    final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile String status = "passed";

    PretendedTask() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/tasks", exchange -> {
            boolean submitted = exchange.getRequestMethod().equals("POST");
            answer(exchange, submitted ? 202 : 200, submitted ? "{\"id\":\"t\"}" : "{\"tasks\":[" + task() + "]}");
        });
        server.createContext("/api/v1/containers", exchange -> answer(exchange, 200, "{\"containers\":[]}"));
        server.createContext("/api/v1/tasks/t", exchange -> answer(exchange, 200, task()));
        server.createContext("/api/v1/tasks/t/cancel", exchange -> {
            status = "cancelled";
            over.countDown();
            answer(exchange, 200, task());
        });
        server.createContext(
                "/api/v1/tasks/t/result", exchange -> answer(exchange, over.getCount() == 0 ? 200 : 202, task()));
        server.createContext("/api/v1/tasks/t/logs", this::log);
        server.start();
    }

    Map<String, String> environment() {
        return Map.of(
                "FLEET_URL",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "FLEET_TOKEN",
                "t",
                "FLEET_CDS",
                "off");
    }

    boolean isCancelled() {
        return status.equals("cancelled");
    }

    private String task() {
        boolean ended = over.getCount() == 0;
        return "{\"id\":\"t\",\"status\":\"" + (ended ? status : "running") + "\",\"phase\":\""
                + (ended ? "done" : "running") + "\"}";
    }

    private void log(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (query.startsWith("from=")) {
            answer(exchange, 200, "");
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        // More than a pipe holds, unless it is followed.
        int records = query.contains("follow") ? 2 : 50_000;
        OutputStream out = new BufferedOutputStream(exchange.getResponseBody());
        for (int seq = 1; seq <= records; seq++) {
            out.write(("{\"seq\":" + seq + ",\"stream\":\"stdout\",\"text\":\"line " + seq + "\",\"eol\":true}\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
        try {
            if (query.contains("follow")) {
                over.await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
