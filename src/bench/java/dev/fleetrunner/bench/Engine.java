package dev.fleetrunner.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A container engine: where it listens, and the command that people use it by.
 *
 * @param name podman or docker
 * @param command the words that come before {@code run}
 */
record Engine(String name, Path socket, List<String> command) {
    private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");
    /** The defaults of a task, as options of podman run and docker run. */
    private static final List<String> RESTRICTED =
            Arrays.asList(("--network none --cap-drop ALL --security-opt no-new-privileges --read-only --tmpfs /tmp "
                            + "--volume /workspace --volume /home/agent --user 1000:1000 --pids-limit 512 "
                            + "--memory 4g --memory-swap 4g --cpus 2 --ulimit nofile=1024:1024 --ulimit nproc=1024:1024")
                    .split(" "));

    boolean isPodman() {
        return name.equals("podman");
    }

    /** The engine's own command with more words. */
    List<String> words(String... more) {
        List<String> words = new ArrayList<>(command);
        words.addAll(Arrays.asList(more));
        return words;
    }

    /** {@code run} with a task's restrictions. */
    List<String> run(List<String> options, String image, String... program) {
        List<String> words = words("run");
        words.addAll(options);
        words.addAll(RESTRICTED);
        words.add(image);
        words.addAll(Arrays.asList(program));
        return words;
    }

    /** The engine's own version; the command may have another. */
    String version() throws IOException {
        try (var http = new UnixHttp(socket)) {
            return Rest.field(
                    http.call("GET", "/version", "").orFail("the version").body(), "Version");
        }
    }

    /** The containers of one runner. */
    List<String> containersOf(String instance) throws IOException {
        String filter = "{\"label\":[\"fleetrunner.instance=" + instance + "\"]}";
        try (var http = new UnixHttp(socket)) {
            String list = http.call(
                            "GET",
                            "/containers/json?all=1&filters=" + URLEncoder.encode(filter, StandardCharsets.UTF_8),
                            "")
                    .orFail("the list of containers")
                    .body();
            return ID.matcher(list).results().map(match -> match.group(1)).toList();
        }
    }

    /** Removes the containers of one runner that is gone. */
    void removeContainersOf(String instance) throws IOException {
        for (String id : containersOf(instance)) {
            try (var http = new UnixHttp(socket)) {
                http.call("DELETE", "/containers/" + id + "?force=1&v=1", "");
            }
        }
    }
}
