package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.NOT_FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.Base64;
import java.util.Map;

/**
 * Reads files out of a container as tars. Podman follows a path that is a link, Docker gives the link: here both follow
 * it. The engine finds out where it leads, with the container's root as the root, so it never leads to the host.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerArchive">Get
 *     an archive</a>
 */
final class Archives {
    private static final String STAT = "X-Docker-Container-Path-Stat";
    /** {@code os.ModeSymlink} of Go, in whose words the engines tell a mode. */
    private static final long LINK = 1L << 27;

    private final EngineClient client;
    private final String base;

    /**
     * @param container its URI
     */
    Archives(EngineClient client, String container) {
        this.client = client;
        this.base = container + "/archive?path=";
    }

    Multi<Buffer> read(String path) {
        return client.head(base + EngineClient.encode(path))
                .map(answer -> behindLink(answer, path))
                .chain(real -> client.stream(HttpMethod.GET, base + EngineClient.encode(real), Map.of()))
                .chain(stream ->
                        stream.orFail(stream.status() == 404 ? NOT_FOUND : ENGINE_FAILED, path + " cannot be read"))
                .onItem()
                .transformToMulti(EngineClient.EngineStream::body);
    }

    private static String behindLink(EngineAnswer answer, String path) {
        if (answer.status() == 404) {
            throw new RuntimeFailure(NOT_FOUND, path + " is not there");
        }
        String stat = answer.headers().get(STAT);
        if (!answer.ok() || stat == null) {
            return path;
        }
        JsonNode told = EngineAnswer.parse(Base64.getDecoder().decode(stat));
        String target = told.path("linkTarget").asText();
        return (told.path("mode").asLong() & LINK) == 0 || target.isEmpty() ? path : target;
    }
}
