package dev.fleetrunner.runtime.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What stands in for the outside: files over HTTP and HTTPS on this machine's loopback, with an authority of its own. */
public final class Outside implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final HttpServer http;
    private final HttpsServer https;
    private final Path store;
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private Map<String, byte[]> files = Map.of();

    /** @param directory for its keys */
    public Outside(Path directory) throws Exception {
        store = directory.resolve("outside.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "outside",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=outside",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-ext",
                        "bc=ca:true",
                        "-ext",
                        "san=dns:pypi.test,dns:npm.test,dns:go.test,dns:cargo.test,dns:maven.test,dns:git.test,dns:web.test")
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool made no key");
        }
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context()));
        for (HttpServer server : new HttpServer[] {http, https}) {
            server.createContext("/", this::serve);
            server.start();
        }
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host").replaceFirst(":.*", "");
        String path = "/" + host + exchange.getRequestURI().getPath();
        asked.add(host);
        byte[] content = files.get(path);
        exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/")) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
        }
        boolean bare = exchange.getRequestMethod().equals("HEAD") || content == null || content.length == 0;
        exchange.sendResponseHeaders(content == null ? 404 : 200, bare ? -1 : content.length);
        if (!bare) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    /** What it serves from now on, by host and path. */
    public void serve(Map<String, byte[]> content) {
        files = Map.copyOf(content);
    }

    /** The hosts that were asked. */
    public Set<String> asked() {
        return new TreeSet<>(asked);
    }

    /** {@code :port} of HTTP. */
    public String http() {
        return ":" + http.getAddress().getPort();
    }

    /** {@code :port} of HTTPS. */
    public String https() {
        return ":" + https.getAddress().getPort();
    }

    /** Its certificate, which is its own authority, for tools that take one as text. */
    public String pem() throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys().getCertificate("outside").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The same for Java, in base64. */
    public String trustStore() throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("outside", keys().getCertificate("outside"));
        var bytes = new java.io.ByteArrayOutputStream();
        trust.store(bytes, PASSWORD.toCharArray());
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @Override
    public void close() {
        http.stop(0);
        https.stop(0);
    }
}
