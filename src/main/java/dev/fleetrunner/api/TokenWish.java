package dev.fleetrunner.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.pipeline.Tokens;
import dev.fleetrunner.pipeline.Values;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a token is to be, strictly: a limit that is misspelt must not be left out. */
final class TokenWish {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> FIELDS = Set.of("name", "role", "expiresInSec", "expiresAt", "limits");
    private static final Set<String> LIMITS = Set.of("maxConcurrent", "maxQueued");
    private static final long LONGEST_SEC = Duration.ofDays(3660).toSeconds();
    private static final int LARGEST_LIMIT = 1_000_000;

    private TokenWish() {}

    static Tokens.Wish of(byte[] document, Instant now) {
        JsonNode tree = tree(document);
        refuseUnknown(tree, "", FIELDS);
        JsonNode limits = tree.path("limits");
        if (!limits.isMissingNode() && !limits.isObject()) {
            throw Values.invalid("limits must be an object");
        }
        refuseUnknown(limits, "limits.", LIMITS);
        var share = new Caller.Share(limit(limits, "maxConcurrent"), limit(limits, "maxQueued"));
        return new Tokens.Wish(text(tree, "name"), role(tree), lifetime(tree, now), share);
    }

    private static JsonNode tree(byte[] document) {
        try {
            JsonNode tree = JSON.readTree(document);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (IOException notJson) {
            throw Values.invalid("the body is not sound JSON, or has a field twice");
        }
        throw Values.invalid("the body must be a JSON object such as {\"name\": \"ci\", \"role\": \"agent\"}");
    }

    private static void refuseUnknown(JsonNode object, String prefix, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw Values.invalid("the body has an unknown field; " + prefix + "* may be "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private static String text(JsonNode tree, String name) {
        if (!tree.path(name).isTextual()) {
            throw Values.invalid(name + " is needed, as text");
        }
        return tree.path(name).asText();
    }

    private static AccessRole role(JsonNode tree) {
        String word = text(tree, "role");
        return Arrays.stream(AccessRole.values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Values.invalid("role must be viewer, agent, operator or admin"));
    }

    private static Duration lifetime(JsonNode tree, Instant now) {
        JsonNode seconds = tree.path("expiresInSec");
        JsonNode at = tree.path("expiresAt");
        if (seconds.isMissingNode() && at.isMissingNode()) {
            return null;
        }
        if (!seconds.isMissingNode() && !at.isMissingNode()) {
            throw Values.invalid("give expiresInSec or expiresAt, not both");
        }
        Duration lifetime = at.isMissingNode() ? Duration.ofSeconds(whole(seconds)) : Duration.between(now, time(at));
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.toSeconds() > LONGEST_SEC) {
            throw Values.invalid("the token must end between now and ten years from now");
        }
        return lifetime;
    }

    private static long whole(JsonNode seconds) {
        if (!seconds.isIntegralNumber() || !seconds.canConvertToInt()) {
            throw Values.invalid("expiresInSec must be a whole number of seconds, at most " + LONGEST_SEC);
        }
        return seconds.asLong();
    }

    private static Instant time(JsonNode at) {
        try {
            return Instant.parse(at.asText());
        } catch (DateTimeParseException e) {
            throw Values.invalid("expiresAt must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static Integer limit(JsonNode limits, String name) {
        JsonNode limit = limits.path(name);
        if (limit.isMissingNode()) {
            return null;
        }
        if (!limit.isIntegralNumber() || limit.asLong() < 1 || limit.asLong() > LARGEST_LIMIT) {
            throw Values.invalid("limits." + name + " must be a whole number from 1 to " + LARGEST_LIMIT);
        }
        return limit.asInt();
    }
}
