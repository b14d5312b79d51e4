package dev.fleetrunner.runtime.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * A registry of one image on loopback, as much of the OCI distribution API as a pull needs, that can be told to fail or
 * to hang. Podman trusts it without TLS only on the port that {@code scripts/engines} names in its registries.conf.
 */
final class TestRegistry implements AutoCloseable {
    static final int PORT = Integer.getInteger("fleet.test.registry.port", 15_987);
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    static {
        // Engines try TLS first; the server closes what it cannot read after so many seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "1");
    }

    private final HttpServer server;
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final byte[] manifest;
    private final AtomicInteger failures = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean hangs;

    TestRegistry(byte[] layerTar) throws IOException {
        byte[] layer = gzip(layerTar);
        byte[] config = new JsonObject()
                .put("architecture", "amd64")
                .put("os", "linux")
                .put("config", new JsonObject())
                .put(
                        "rootfs",
                        new JsonObject().put("type", "layers").put("diff_ids", new JsonArray().add(digest(layerTar))))
                .toBuffer()
                .getBytes();
        manifest = new JsonObject()
                .put("schemaVersion", 2)
                .put("mediaType", MANIFEST)
                .put("config", blob("application/vnd.docker.container.image.v1+json", config))
                .put("layers", new JsonArray().add(blob("application/vnd.docker.image.rootfs.diff.tar.gzip", layer)))
                .toBuffer()
                .getBytes();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 16);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v2/", this::answer);
        server.start();
    }

    /** The name of the one image that is there. */
    String image() {
        return "127.0.0.1:" + PORT + "/team/there:1";
    }

    /** A name that this registry does not know. */
    String absentImage() {
        return "127.0.0.1:" + PORT + "/team/absent:1";
    }

    /** The next so many requests for the manifest fail with 500. */
    void failNext(int requests) {
        failures.set(requests);
    }

    /** Requests for layers are never answered. */
    void hang() {
        hangs = true;
    }

    private JsonObject blob(String type, byte[] bytes) {
        blobs.put(digest(bytes), bytes);
        return new JsonObject().put("mediaType", type).put("size", bytes.length).put("digest", digest(bytes));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/v2/")) {
            send(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        } else if (path.startsWith("/v2/team/there/manifests/")) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                send(exchange, 500, "text/plain", new byte[0]);
                return;
            }
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest(manifest));
            send(exchange, 200, MANIFEST, manifest);
        } else if (path.startsWith("/v2/team/there/blobs/")) {
            byte[] bytes = blobs.get(path.substring("/v2/team/there/blobs/".length()));
            waitIfHanging(bytes);
            send(exchange, 200, "application/octet-stream", bytes);
        } else {
            byte[] error = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            send(exchange, 404, "application/json", error);
        }
    }

    private void waitIfHanging(byte[] bytes) throws IOException {
        try {
            if (hangs && bytes.length > 1024) {
                closed.await();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
