package dev.fleetrunner.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.TreeSet;

/**
 * An engine as it introduced itself.
 *
 * @param prefix of every URI: the version of the API that both sides speak
 * @param version the engine's own version
 * @param architecture of the machine that its containers run on
 * @param unenforced limits that it takes but does not keep there, by their names in {@code enforced}
 * @param runtimes the OCI runtimes that it is configured for
 * @param defaultRuntime the OCI runtime of containers that name none
 * @param userNamespace whether its containers' users are nobody in particular on the machine
 */
record EngineApi(
        String prefix,
        String version,
        String architecture,
        Set<String> unenforced,
        Set<String> runtimes,
        String defaultRuntime,
        boolean userNamespace) {
    /** Where Podman tells more than Docker's API has room for. */
    private static final String LIBPOD = "/v4.0.0/libpod";

    private static final int OLDEST_MINOR = 40;
    private static final int NEWEST_MINOR = 47;

    /** Which engine it is; fails with {@code ENGINE_UNAVAILABLE} if none answers. */
    static Uni<Dialect> identify(EngineClient client) {
        return client.get("/_ping")
                .map(ping -> dialect(ping.orFail(CauseCode.ENGINE_UNAVAILABLE, "the engine does not answer its ping")));
    }

    private static Dialect dialect(EngineAnswer ping) {
        return ping.headers().contains("Libpod-Api-Version") ? Dialect.PODMAN : Dialect.DOCKER;
    }

    /** Asks the engine; fails with {@code ENGINE_UNAVAILABLE} if it is down, too old, or not what we took it for. */
    static Uni<EngineApi> negotiate(EngineClient client, Dialect expected) {
        return client.get("/_ping").onItem().transformToUni(ping -> {
            ping.orFail(CauseCode.ENGINE_UNAVAILABLE, "the engine does not answer its ping");
            Dialect found = dialect(ping);
            if (found != expected) {
                throw new RuntimeFailure(
                        CauseCode.ENGINE_UNAVAILABLE,
                        "the engine at " + client.socketPath() + " is " + found.word() + ", not " + expected.word());
            }
            String prefix = prefix(client, ping.headers().get("Api-Version"));
            return Uni.combine()
                    .all()
                    .unis(json(client, prefix + "/version"), json(client, prefix + "/info"))
                    .asTuple()
                    .chain(told -> EngineLimits.unenforced(told.getItem2(), () -> json(client, LIBPOD + "/info"))
                            .map(unenforced -> read(prefix, told.getItem1(), told.getItem2(), unenforced)));
        });
    }

    private static String prefix(EngineClient client, String offered) {
        String[] parts = offered == null ? new String[0] : offered.split("\\.");
        int minor = parts.length == 2 && parts[0].equals("1") && parts[1].matches("\\d{1,4}")
                ? Integer.parseInt(parts[1])
                : -1;
        if (minor < OLDEST_MINOR) {
            throw new RuntimeFailure(
                    CauseCode.ENGINE_UNAVAILABLE,
                    "the engine at " + client.socketPath() + " speaks API " + offered + "; 1." + OLDEST_MINOR
                            + " or newer is needed");
        }
        return "/v1." + Math.min(minor, NEWEST_MINOR);
    }

    private static Uni<JsonNode> json(EngineClient client, String uri) {
        return client.get(uri)
                .map(answer -> answer.orFail(CauseCode.ENGINE_UNAVAILABLE, "the engine does not tell about itself")
                        .json());
    }

    private static EngineApi read(String prefix, JsonNode version, JsonNode info, Set<String> unenforced) {
        Set<String> runtimes = new TreeSet<>();
        info.path("Runtimes").fieldNames().forEachRemaining(runtimes::add);
        return new EngineApi(
                prefix,
                version.path("Version").asText(),
                info.path("Architecture").asText(),
                unenforced,
                runtimes,
                info.path("DefaultRuntime").asText(),
                userNamespace(info));
    }

    /** Whether its containers are in a user namespace now; a daemon may have been started again without. */
    static Uni<Boolean> tellsOfUserNamespace(EngineClient client, String prefix) {
        return json(client, prefix + "/info").map(EngineApi::userNamespace);
    }

    /** Docker tells it among the security options; Podman 4 has a word of its own for being rootless. */
    static boolean userNamespace(JsonNode info) {
        boolean found = info.path("Rootless").asBoolean();
        for (JsonNode option : info.path("SecurityOptions")) {
            found |= option.asText().equals("name=userns") || option.asText().equals("name=rootless");
        }
        return found;
    }
}
