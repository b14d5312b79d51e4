package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.ImageRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Which images the containers of a task may use: those that the policy allowed the task. What counts are the names that the
 * engine has for an image, not the one that the task calls it by, which could be an id.
 *
 * @param rule the name of the policy's rule; null where none is known
 * @param images which
 * @param pull whether the policy lets absent ones be fetched
 */
public record AllowedImages(String rule, ImageRule images, boolean pull) {
    private static final AllowedImages NONE = new AllowedImages(null, ImageRule.NONE, false);

    /** As a label of the task's container, by which a later life of the runner knows them. */
    public String label() {
        return new String(
                Json.bytes(Map.of(
                        "rule",
                        rule == null ? "" : rule,
                        "allow",
                        images.allow(),
                        "digest",
                        images.digest(),
                        "pull",
                        pull)),
                StandardCharsets.UTF_8);
    }

    /** What such a label says; none where there was no label. */
    public static AllowedImages ofLabel(String label) {
        if (label.isEmpty()) {
            return NONE;
        }
        JsonNode json = Json.parse(label.getBytes(StandardCharsets.UTF_8));
        List<String> allow = StreamSupport.stream(json.path("allow").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        String rule = json.path("rule").asText();
        return new AllowedImages(
                rule.isEmpty() ? null : rule,
                new ImageRule(allow, json.path("digest").asBoolean(true)),
                json.path("pull").asBoolean(false));
    }

    /** Whether an image may be seen, by one of the names that it has on the engine. */
    boolean fits(JsonNode image) {
        return ImageNames.of(image).stream().anyMatch(images::allows);
    }

    void check(String asked, JsonNode image) {
        if (!fits(image)) {
            throw outside(asked);
        }
    }

    /** What may not be used is refused whether it is there or not. */
    void checkAbsent(String asked) {
        if (ImageNames.spellings(asked).stream().noneMatch(images::allows)) {
            throw outside(asked);
        }
    }

    void checkDigest(String asked) {
        if (images.wantsDigestOf(asked)) {
            throw denied("image " + asked + " without a digest", "images with @sha256:… (images.digest)");
        }
    }

    void checkPull(String asked) {
        checkAbsent(asked);
        checkDigest(asked);
        if (!pull) {
            throw denied("the pull of image " + asked, "no pulls (images.pull)");
        }
    }

    private Refusal outside(String asked) {
        return denied("image " + asked, "images.allow: " + images.words());
    }

    private Refusal denied(String what, String allowed) {
        return Refusal.forbidden(what + " is denied by "
                + (rule == null ? "the policy" : "rule " + rule + " of the policy") + ", which allows " + allowed);
    }
}
