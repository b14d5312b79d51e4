package dev.fleetrunner.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the script has put in place.
 *
 * @param plain the service on the Java that runs this program
 * @param cached the service on Java 25 with its AOT cache, if there is one
 * @param work where services keep their data meanwhile
 * @param image the image of every task
 */
record Stage(Launch plain, Optional<Launch> cached, Path work, String image, List<Engine> engines, Size size) {

    static Stage of(Map<String, String> environment) {
        String options = "@" + environment.get("BENCH_OPTIONS");
        var plain = new Launch(
                "Java " + Runtime.version().feature(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                List.of(options),
                Path.of(environment.get("BENCH_JAR")));
        return new Stage(
                plain,
                cached(environment, options),
                Path.of(environment.get("BENCH_WORK")),
                environment.get("BENCH_IMAGE"),
                Stream.of("podman", "docker")
                        .flatMap(name -> engine(environment, name).stream())
                        .toList(),
                Size.of(environment));
    }

    private static Optional<Launch> cached(Map<String, String> environment, String options) {
        String directory = environment.getOrDefault("BENCH_AOT", "");
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Launch(
                "Java 25 with the AOT cache",
                environment.get("BENCH_JAVA_25"),
                List.of(options, "-XX:AOTCache=" + Path.of(directory, "app.aot")),
                Path.of(directory, "quarkus-run.jar")));
    }

    private static Optional<Engine> engine(Map<String, String> environment, String name) {
        String prefix = "BENCH_" + name.toUpperCase(java.util.Locale.ROOT);
        String socket = environment.getOrDefault(prefix + "_SOCKET", "");
        if (socket.isEmpty()) {
            return Optional.empty();
        }
        List<String> command =
                Arrays.asList(environment.get(prefix + "_COMMAND").split("\n"));
        return Optional.of(new Engine(name, Path.of(socket), command));
    }
}
