package dev.fleetrunner.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Speaks HTTP to a task's engine by hand, so that a test can send what no client would. */
record GatewayClient(Path socket) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What came back. */
    record Answer(int status, String head, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String message() {
            return json().path("message").asText();
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String json) {
        return send("POST", path, json);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer send(String method, String path, String json) {
        String body = json == null ? "" : json;
        return raw(method + " " + path + " HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n"
                + (json == null ? "" : "Content-Type: application/json\r\n")
                + (method.equals("GET")
                        ? ""
                        : "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n")
                + "\r\n" + body);
    }

    /** Sends bytes as they are and reads until the other side ends. */
    Answer raw(String request) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            try {
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            } catch (IOException refusedEarly) {
                // Its answer may be there all the same.
            }
            return answer(readAll(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        var all = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.allocate(1 << 16);
        try {
            while (channel.read(in) >= 0) {
                all.write(in.array(), 0, in.position());
                in.clear();
            }
        } catch (IOException reset) {
            // What came until then counts.
        }
        return all.toByteArray();
    }

    private static Answer answer(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, text, "");
        }
        String head = text.substring(0, end);
        String body = text.substring(end + 4);
        boolean chunked = head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked");
        return new Answer(Integer.parseInt(head.split(" ")[1]), head, chunked ? whole(body) : body);
    }

    private static String whole(String chunks) {
        var whole = new StringBuilder();
        String rest = chunks;
        while (!rest.isEmpty()) {
            int line = rest.indexOf("\r\n");
            int length = Integer.parseInt(rest.substring(0, line).strip(), 16);
            if (length == 0) {
                break;
            }
            byte[] bytes = rest.substring(line + 2).getBytes(StandardCharsets.UTF_8);
            whole.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
            rest = new String(bytes, length + 2, bytes.length - length - 2, StandardCharsets.UTF_8);
        }
        return whole.toString();
    }
}
