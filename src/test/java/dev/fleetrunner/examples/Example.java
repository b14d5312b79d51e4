package dev.fleetrunner.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A spec below {@code examples/}: {@code NAME.json}, with {@code NAME.result.json} if it can be run, and the directory
 * {@code NAME} if a workspace is made from that.
 *
 * @param name its path below {@code examples/} without {@code .json}
 */
public record Example(String name) {
    private static final Path ROOT = Path.of("examples");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Directories with JSON of programs: the clients that hand tasks in, and the settings of agents. */
    private static final Set<Path> OF_PROGRAMS = Set.of(Path.of("clients"), Path.of("mcp"));

    /** All of them, those that only show the form included. */
    public static List<Example> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(ROOT::relativize)
                    .filter(file -> !OF_PROGRAMS.contains(file.getName(0)))
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".json"))
                    .filter(name -> !name.endsWith(".result.json") && !name.endsWith(".schema.json"))
                    .map(name -> new Example(name.substring(0, name.length() - ".json".length())))
                    .filter(example -> !example.isPartOfAWorkspace())
                    .sorted(Comparator.comparing(Example::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that say what comes out. */
    public static List<Example> runnable() {
        return all().stream().filter(example -> Files.exists(example.result())).toList();
    }

    private boolean isPartOfAWorkspace() {
        for (Path at = file().getParent(); !at.equals(ROOT); at = at.getParent()) {
            if (Files.exists(at.resolveSibling(at.getFileName() + ".json"))) {
                return true;
            }
        }
        return false;
    }

    /** Where the spec is. */
    public Path file() {
        return ROOT.resolve(name + ".json");
    }

    Path result() {
        return ROOT.resolve(name + ".result.json");
    }

    Path workspace() {
        return ROOT.resolve(name);
    }

    boolean hasWorkspace() {
        return Files.isDirectory(workspace());
    }

    /** The spec as it stands in the file. */
    public ObjectNode spec() {
        return read(file());
    }

    ObjectNode expected() {
        return read(result());
    }

    void expect(JsonNode result) throws IOException {
        Files.writeString(result(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    }

    private static ObjectNode read(Path file) {
        try {
            return (ObjectNode) JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
