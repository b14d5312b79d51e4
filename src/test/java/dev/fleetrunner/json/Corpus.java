package dev.fleetrunner.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.examples.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Documents for the tests: the examples, and the good and bad ones that reader and schema must agree on. */
final class Corpus {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Corpus() {}

    /** One document, why it is there, and where its fault is (null for a good one). */
    record Case(String why, String at, JsonNode spec) {
        byte[] bytes() {
            return spec.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return why;
        }
    }

    static Stream<Case> good() {
        return Stream.concat(
                lines("good"), Example.all().stream().map(example -> new Case(example.name(), null, example.spec())));
    }

    static Stream<Case> bad() {
        return lines("bad");
    }

    static byte[] example(String name) {
        try {
            return Files.readAllBytes(Path.of("examples", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(Path path) {
        try {
            return MAPPER.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Case> lines(String name) {
        try {
            return Files.readAllLines(Path.of("src/test/resources/specs", name + ".ndjson")).stream()
                    .map(line -> {
                        try {
                            JsonNode entry = MAPPER.readTree(line);
                            JsonNode at = entry.get("at");
                            return new Case(
                                    entry.get("why").textValue(),
                                    at == null ? null : at.textValue(),
                                    entry.get("spec"));
                        } catch (IOException e) {
                            throw new UncheckedIOException(line, e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
