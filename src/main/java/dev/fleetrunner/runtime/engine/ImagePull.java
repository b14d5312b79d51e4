package dev.fleetrunner.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.async.Later;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Fetches an image, telling how far it is. A registry's hiccup is tried again; a name that the registry does not know is
 * not.
 */
final class ImagePull {
    private static final int RETRIES = 2;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /**
     * Podman answers every failed pull with status 200 and a line of text, Docker most with 500. The registries' own error
     * codes in the words are the only thing to go by (OCI Distribution Specification 1.1, "Error Codes").
     */
    private static final Pattern UNKNOWN =
            Pattern.compile("manifest unknown|name unknown|repository name not known|MANIFEST_UNKNOWN|NAME_UNKNOWN");

    private final EngineClient client;
    private final String api;

    ImagePull(EngineClient client, String api) {
        this.client = client;
        this.api = api;
    }

    Multi<Preparation> pull(String image) {
        if (image.startsWith("localhost/")) {
            return Multi.createFrom()
                    .failure(new RuntimeFailure(
                            CauseCode.IMAGE_NOT_FOUND,
                            "there is no image " + image
                                    + " on the engine, and names under localhost/ are never pulled"));
        }
        // Podman says nothing until a layer is there; that the pull has begun is worth telling.
        Preparation begun = new Preparation.Pulling("asking the registry", null, null);
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(begun), patiently(image));
    }

    private Multi<Preparation> patiently(String image) {
        return attempt(image)
                .onFailure(ImagePull::worthRetrying)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(RETRIES)
                .onFailure(failure -> !(failure instanceof RuntimeFailure) && failure.getCause() != null)
                .transform(Throwable::getCause);
    }

    private static boolean worthRetrying(Throwable failure) {
        return failure instanceof RuntimeFailure known && known.reason().code() == CauseCode.IMAGE_PULL_FAILED;
    }

    private Multi<Preparation> attempt(String image) {
        String uri = api + "/images/create?fromImage=" + EngineClient.encode(withTag(image));
        return Later.stream(client.stream(HttpMethod.POST, uri)
                .chain(stream -> stream.orFail(ImagePull::cause, "image " + image + " cannot be pulled"))
                .map(stream -> Lines.of(stream.body()).map(line -> step(image, line))));
    }

    /** Without a tag the engine would fetch every tag there is. */
    private static String withTag(String image) {
        boolean tagged = image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
        return tagged || image.contains("@") ? image : image + ":latest";
    }

    private static CauseCode cause(EngineAnswer answer) {
        return cause(answer.status(), answer.words());
    }

    private static CauseCode cause(int status, String words) {
        return status == 404 || UNKNOWN.matcher(words).find() ? CauseCode.IMAGE_NOT_FOUND : CauseCode.IMAGE_PULL_FAILED;
    }

    private static Preparation step(String image, byte[] line) {
        JsonNode json = EngineAnswer.parse(line);
        String error = json.path("error").asText("");
        if (!error.isEmpty()) {
            throw new RuntimeFailure(cause(200, error), "image " + image + " cannot be pulled: " + error);
        }
        JsonNode detail = json.path("progressDetail");
        String status = json.path("status").asText(json.path("stream").asText(""));
        String layer = json.path("id").asText("");
        return new Preparation.Pulling(
                layer.isEmpty() ? status.strip() : layer + ": " + status.strip(),
                detail.has("current") ? detail.path("current").asLong() : null,
                detail.has("total") ? detail.path("total").asLong() : null);
    }
}
