package dev.fleetrunner.escape;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script that tries to get out of its container, or to harm who runs it. It says {@code ESCAPED} where it gets through.
 *
 * @param name of its file below {@code src/test/resources/escapes}
 * @param script what is run, by perl or by sh
 */
record Attempt(String name, String script) {
    private static final Path DIRECTORY = Path.of("src/test/resources/escapes");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static List<Attempt> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().map(Attempt::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attempt of(Path file) {
        try {
            return new Attempt(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spec: the script as its command, and what its head says besides. */
    String spec(String runtime) {
        try {
            ObjectNode spec = (ObjectNode) MAPPER.readTree(head("spec", "{}"));
            spec.put("runtime", runtime);
            String shell = name.endsWith(".pl") ? "perl" : "/bin/sh";
            String option = name.endsWith(".pl") ? "-e" : "-c";
            spec.putArray("cmd")
                    .add(shell)
                    .add(option)
                    .add(script + (expected().equals(List.of("passed")) ? "\nexit 0;\n" : "\n"));
            if (!spec.has("timeouts")) {
                spec.putObject("timeouts").put("overallSec", 60);
            }
            return spec.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With which statuses it may end. */
    List<String> expected() {
        return List.of(head("expect", "passed").split(", "));
    }

    /** Names that must not be among what is collected. */
    List<String> missing() {
        return Arrays.stream(head("no-artifact", "").split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private String head(String word, String otherwise) {
        String start = "# " + word + ": ";
        return script.lines()
                .takeWhile(line -> line.startsWith("#"))
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse(otherwise);
    }

    @Override
    public String toString() {
        return name;
    }
}
