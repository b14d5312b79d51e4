package dev.fleetrunner.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One connection to an engine, as bare as can be: a request is written, its answer is read, nothing else. */
final class UnixHttp implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;

    UnixHttp(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /** An answer's status and its whole body. */
    record Answer(int status, String body) {
        Answer orFail(String what) throws IOException {
            if (status >= 400) {
                throw new IOException(what + " was answered with " + status + ": " + body);
            }
            return this;
        }
    }

    /** A call whose answer is read whole; the connection can be used again. */
    Answer call(String method, String path, String body) throws IOException {
        send(method, path, body);
        String status = line();
        return new Answer(status(status), new String(body(method, status(status), headers()), StandardCharsets.UTF_8));
    }

    /** A call that turns the connection into a stream: returns when the stream stands. */
    void open(String method, String path) throws IOException {
        send(method, path, "");
        int status = status(line());
        headers();
        if (status >= 400) {
            throw new IOException(method + " " + path + " was answered with " + status);
        }
    }

    /** Reads the stream to its end. */
    void drain() throws IOException {
        in.transferTo(ByteArrayOutputStream.nullOutputStream());
    }

    private void send(String method, String path, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: engine\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + content.length + "\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.allocate(head.length() + content.length);
        bytes.put(head.getBytes(StandardCharsets.US_ASCII)).put(content).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int status(String line) {
        return Integer.parseInt(line.split(" ")[1]);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(String method, int status, Map<String, String> headers) throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new byte[0];
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        var whole = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            whole.write(in.readNBytes(size));
            line();
        }
        line();
        return whole.toByteArray();
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the engine closed the connection");
            }
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
