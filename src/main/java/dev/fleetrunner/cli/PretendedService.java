package dev.fleetrunner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every request with one document that has a bit of everything; for {@link Training} alone. */
final class PretendedService implements AutoCloseable {
    private static final String BODY =
            """
            {"id":"x","status":"passed","phase":"done","tasks":[{"id":"x","status":"passed","queuedAt":"2026-01-31T12:00:00Z"}],\
            "seq":1,"stream":"stdout","text":"x","eol":true,"runtimes":[{"name":"podman","up":true}]}
            """;
    private static final String REFUSAL = "{\"code\":\"NOT_FOUND\",\"detail\":\"x\",\"remedy\":\"x\"}\n";

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    PretendedService() throws IOException {
        Thread thread = new Thread(this::serve, "pretended");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                byte[] head = new byte[1 << 13];
                InputStream in = client.getInputStream();
                int read = in.read(head);
                boolean known =
                        !new String(head, 0, Math.max(0, read), StandardCharsets.ISO_8859_1).contains("unknown");
                client.getOutputStream().write(answer(known).getBytes(StandardCharsets.UTF_8));
            } catch (IOException over) {
                continue;
            }
        }
    }

    private static String answer(boolean known) {
        String body = known ? BODY : REFUSAL;
        return "HTTP/1.1 " + (known ? "200 OK" : "404 Not Found") + "\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
