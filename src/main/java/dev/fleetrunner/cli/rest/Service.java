package dev.fleetrunner.cli.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** A service, at its address and with a token. Thread-safe. */
public final class Service {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final Pattern SELECTOR = Pattern.compile("HttpClient-\\d+-SelectorManager");
    private static final String JSON = "application/json";

    private final String url;
    private final String token;
    private final HttpClient http;

    /**
     * A service.
     *
     * @param url without a path
     * @param token null to come without
     */
    public Service(String url, String token) {
        this.url = url;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (url.startsWith("http:")) {
            builder.sslContext(WithoutTls.context());
        }
        http = builder.build();
    }

    /**
     * Ends its connections. A thread that waits for the network would hold up the end of the process for 0.3 seconds, and
     * before Java 21 there is no other way to end it.
     */
    public static void closeAll() {
        Thread[] threads = new Thread[Thread.activeCount() * 2];
        Arrays.stream(threads, 0, Thread.enumerate(threads))
                .filter(thread -> SELECTOR.matcher(thread.getName()).matches())
                .forEach(Thread::interrupt);
    }

    /** Where it is. */
    public String url() {
        return url;
    }

    /** What is at an address; asked again if the connection breaks. */
    public Answer get(Address address) {
        return answer(request(address).header("Accept", JSON).GET(), TRIES);
    }

    /** Asks for something to be done, with a document or, for null, without. */
    public Answer post(Address address, byte[] json) {
        return answer(request(address).POST(body(json)), 1);
    }

    /** Asks once for something that is done once, however often the connection breaks. */
    public Answer postOnce(Address address, byte[] json) {
        var request = request(address)
                .header("Idempotency-Key", "fleet-" + UUID.randomUUID())
                .POST(body(json));
        return answer(request, TRIES);
    }

    /** Sends bytes of any kind; their number is known. */
    public Answer upload(Address address, InputStream bytes, long length) {
        BodyPublisher body =
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> bytes), Math.max(1, length));
        var request = HttpRequest.newBuilder(uri(address)).header("Content-Type", "application/octet-stream");
        return answer(authorized(request).POST(body), 1);
    }

    /** Removes what is at an address. */
    public Answer delete(Address address) {
        return answer(request(address).DELETE(), TRIES);
    }

    /**
     * What is at an address, as it comes.
     *
     * @param accept the media type
     * @throws IOException if the connection breaks off later, from the stream itself
     */
    public InputStream open(Address address, String accept) throws IOException {
        var response = send(request(address).header("Accept", accept).GET().build(), BodyHandlers.ofInputStream());
        if (response.statusCode() >= 400) {
            try (InputStream body = response.body()) {
                throw new Refused(response.statusCode(), Problem.of(response.statusCode(), body.readAllBytes()));
            }
        }
        return response.body();
    }

    /**
     * Any call, answered as it is.
     *
     * @param body null for none
     */
    public HttpResponse<InputStream> exchange(String method, Address address, Map<String, String> headers, byte[] body)
            throws IOException {
        var request = HttpRequest.newBuilder(uri(address)).method(method, body(body));
        headers.forEach(request::header);
        return send(authorized(request).build(), BodyHandlers.ofInputStream());
    }

    private Answer answer(HttpRequest.Builder request, int tries) {
        HttpRequest call = request.build();
        for (int attempt = 1; ; attempt++) {
            try {
                var response = send(call, BodyHandlers.ofByteArray());
                if (response.statusCode() >= 400) {
                    throw new Refused(response.statusCode(), Problem.of(response.statusCode(), response.body()));
                }
                return new Answer(response.statusCode(), response.body());
            } catch (ConnectException nobody) {
                throw unreachable(nobody);
            } catch (IOException broken) {
                if (attempt == tries) {
                    throw unreachable(broken);
                }
            }
        }
    }

    /** That nobody answers at its address, and why. */
    public Unreachable unreachable(IOException reason) {
        String words = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        return new Unreachable(
                "no answer from " + url + (reason instanceof ConnectException ? "" : ": " + words), reason);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static BodyPublisher body(byte[] json) {
        return json == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json);
    }

    private HttpRequest.Builder request(Address address) {
        return authorized(HttpRequest.newBuilder(uri(address)).header("Content-Type", JSON));
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private URI uri(Address address) {
        return URI.create(url + address);
    }
}
