package dev.fleetrunner.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** Calls the service under test as an agent would. */
public final class Client {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    private Client(String token) {
        this.token = token;
    }

    /** With the token that the service made at its start. */
    public static Client known() {
        return with(token());
    }

    /** With any token, or without one for null. */
    public static Client with(String token) {
        return new Client(token);
    }

    /** The first token, from where an operator finds it. */
    public static String token() {
        try {
            return Files.readString(data().resolve("admin-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service's data directory. */
    public static Path data() {
        return Path.of(setting("fleet.data-dir"));
    }

    /** A setting of the service. */
    public static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** The service's address. */
    public static URI address() {
        return URI.create(setting("test.url"));
    }

    /** GET; headers are names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        return call("GET", path, BodyPublishers.noBody(), BodyHandlers.ofString(), headers);
    }

    /** GET of any bytes. */
    public HttpResponse<byte[]> bytes(String path, String... headers) {
        return call("GET", path, BodyPublishers.noBody(), BodyHandlers.ofByteArray(), headers);
    }

    /** POST of JSON. */
    public HttpResponse<String> post(String path, String json, String... headers) {
        return post(path, BodyPublishers.ofString(json), headers);
    }

    /** POST of any body, as JSON unless the headers say otherwise. */
    public HttpResponse<String> post(String path, BodyPublisher body, String... headers) {
        return call("POST", path, body, BodyHandlers.ofString(), headers);
    }

    /** Any call. */
    public HttpResponse<String> call(String method, String path, String... headers) {
        return call(method, path, BodyPublishers.noBody(), BodyHandlers.ofString(), headers);
    }

    /** The status of any call; what follows it is not waited for. */
    public int status(String method, String path, String... headers) {
        var response = call(method, path, BodyPublishers.noBody(), BodyHandlers.ofInputStream(), headers);
        try {
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Server-sent events, open until closed. */
    public ServerEvents events(String path, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Accept";
        all[1] = "text/event-stream";
        var response = call("GET", path, BodyPublishers.noBody(), BodyHandlers.ofInputStream(), all);
        assertThat(response.statusCode()).isEqualTo(200);
        return new ServerEvents(response.body());
    }

    /** Submits a spec and gives the task's id. */
    public String submit(String spec) {
        HttpResponse<String> response = post("/api/v1/tasks", spec);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json(response).get("id").asText();
    }

    /** Submits a spec and gives the result. */
    public JsonNode run(String spec) {
        HttpResponse<String> response = post("/api/v1/tasks?wait=60", spec);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    /** The body as JSON. */
    public static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    /** A text as JSON. */
    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private <T> HttpResponse<T> call(
            String method, String path, BodyPublisher body, BodyHandler<T> handler, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address().toString().replaceAll("/$", "") + path))
                .method(method, body)
                .timeout(LIMIT);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
