package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The engine's images: what is there is used, what is not is pulled. */
final class Images {
    private final EngineClient client;
    private final String api;

    Images(EngineClient client, String api) {
        this.client = client;
        this.api = api;
    }

    /** Tells how the image comes, and ends with {@link Preparation.ImagePresent}. */
    Multi<Preparation> ensure(String image, Grant grant) {
        return digest(image)
                .onItem()
                .transformToMulti(present -> present.isPresent()
                        ? Multi.createFrom().item(new Preparation.ImagePresent(present.get()))
                        : pull(image, grant));
    }

    private Multi<Preparation> pull(String image, Grant grant) {
        if (!grant.pull()) {
            return Multi.createFrom()
                    .failure(new RuntimeFailure(
                            CauseCode.POLICY_DENIED,
                            "the engine does not have image " + image + ", and a pull is denied by rule " + grant.rule()
                                    + " of the policy"));
        }
        return Multi.createBy()
                .concatenating()
                .streams(
                        new ImagePull(client, api).pull(image),
                        digest(image).map(pulled -> pulledOr(image, pulled)).toMulti());
    }

    private static Preparation pulledOr(String image, Optional<String> digest) {
        return new Preparation.ImagePresent(digest.orElseThrow(() ->
                new RuntimeFailure(CauseCode.IMAGE_PULL_FAILED, "image " + image + " is not there after its pull")));
    }

    private Uni<Optional<String>> digest(String image) {
        return client.get(api + "/images/" + EngineClient.encode(image) + "/json")
                .map(answer -> answer.status() == 404
                        ? Optional.empty()
                        : Optional.of(digest(answer.orFail(ENGINE_FAILED, "image " + image + " cannot be looked at")
                                .json())));
    }

    /** Podman leaves the algorithm out. */
    private static String digest(JsonNode image) {
        String id = image.path("Id").asText();
        return id.startsWith("sha256:") ? id : "sha256:" + id;
    }
}
