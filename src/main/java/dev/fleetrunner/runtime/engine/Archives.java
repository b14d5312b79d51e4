package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.ENGINE_UNAVAILABLE;
import static dev.fleetrunner.contract.CauseCode.NOT_FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.async.Later;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads files out of a container as tars. Podman follows a path that is a link, as long as it stays within the volume that
 * it is on; Docker gives the link itself. Here both follow it, and neither out of its volume. Docker finds out where a link
 * leads with the container's root as the root, so it never leads to the host.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerArchive">Get
 *     an archive</a>
 */
final class Archives {
    private static final String STAT = "X-Docker-Container-Path-Stat";
    /** {@code os.ModeSymlink} of Go, in whose words the engines tell a mode. */
    private static final long LINK = 1L << 27;

    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final int TRIES = 3;

    private final EngineClient client;
    private final String container;

    /**
     * @param container its URI
     */
    Archives(EngineClient client, String container) {
        this.client = client;
        this.container = container;
    }

    /**
     * One that breaks off before its first byte is asked for again: Podman cleans up after a container that has just ended,
     * and an archive that it is giving out then breaks.
     */
    Multi<Buffer> read(String path) {
        return Multi.createFrom().deferred(() -> {
            var began = new AtomicBoolean();
            return Multi.createFrom()
                    .deferred(() -> once(path))
                    .onItem()
                    .invoke(() -> began.set(true))
                    .onFailure(failure -> !began.get() && isBroken(failure))
                    .retry()
                    .withBackOff(AGAIN)
                    .atMost(TRIES);
        });
    }

    private static boolean isBroken(Throwable failure) {
        return failure instanceof RuntimeFailure known
                && (known.reason().code() == ENGINE_UNAVAILABLE
                        || known.reason().code() == ENGINE_FAILED);
    }

    private Multi<Buffer> once(String path) {
        return Later.stream(client.head(at(path))
                .chain(answer -> real(answer, path))
                .chain(real -> client.stream(HttpMethod.GET, at(real)))
                .chain(stream ->
                        stream.orFail(stream.status() == 404 ? NOT_FOUND : ENGINE_FAILED, path + " cannot be read"))
                .map(EngineClient.EngineStream::body));
    }

    private String at(String path) {
        return container + "/archive?path=" + EngineClient.encode(path);
    }

    private Uni<String> real(EngineAnswer answer, String path) {
        if (answer.status() == 404) {
            return Uni.createFrom().failure(absent(path));
        }
        String stat = answer.headers().get(STAT);
        if (!answer.ok() || stat == null) {
            return Uni.createFrom().item(path);
        }
        JsonNode told = EngineAnswer.parse(Base64.getDecoder().decode(stat));
        String target = told.path("linkTarget").asText();
        return (told.path("mode").asLong() & LINK) == 0 || target.isEmpty()
                ? Uni.createFrom().item(path)
                : client.get(container + "/json").map(inspected -> within(inspected, path, target));
    }

    private static String within(EngineAnswer inspected, String path, String target) {
        JsonNode mounts = inspected
                .orFail(ENGINE_FAILED, "the container cannot be looked at")
                .json()
                .path("Mounts");
        if (!volume(mounts, path).equals(volume(mounts, target))) {
            throw absent(path);
        }
        return target;
    }

    /** The innermost mount around a path; the root if there is none. */
    private static String volume(JsonNode mounts, String path) {
        String innermost = "/";
        for (JsonNode mount : mounts) {
            String destination = mount.path("Destination").asText();
            boolean around = path.equals(destination) || path.startsWith(destination + "/");
            innermost = around && destination.length() > innermost.length() ? destination : innermost;
        }
        return innermost;
    }

    private static RuntimeFailure absent(String path) {
        return new RuntimeFailure(NOT_FOUND, path + " is not there");
    }
}
