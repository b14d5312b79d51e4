package dev.fleetrunner.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of a spec and the reader say the same; so do the schema that is served and its copy among the examples. */
class SchemaTest {
    private final SpecReader reader = new SpecReader();

    @ParameterizedTest
    @MethodSource("dev.fleetrunner.json.Corpus#good")
    void bothAccept(Corpus.Case good) {
        assertThat(reader.read(good.bytes())).isInstanceOf(Read.Ok.class);
        assertThat(Schemas.faultsOfSpec(good.spec())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.fleetrunner.json.Corpus#bad")
    void bothRefuse(Corpus.Case bad) {
        assertThat(reader.read(bad.bytes())).isInstanceOfSatisfying(Read.Faulty.class, read -> assertThat(read.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo(bad.at()))
                .satisfies(fault -> assertThat(fault.remedy()).isNotBlank()));
        assertThat(Schemas.faultsOfSpec(bad.spec())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Schemas.SPEC, Schemas.RESULT})
    void theCopyAmongTheExamplesIsTheSchemaThatIsServed(String name) throws IOException {
        assertThat(Path.of("examples", name)).hasSameBinaryContentAs(Schemas.TRUE_PLACE.resolve(name));
        assertThat(getClass().getResourceAsStream("/schema/" + name))
                .hasBinaryContent(Files.readAllBytes(Schemas.TRUE_PLACE.resolve(name)));
    }

    @Test
    void theReaderKnowsTheFieldsOfTheSchema() {
        JsonNode properties = Schemas.tree(Schemas.SPEC).get("properties");
        Suggestion.SECTIONS.forEach((section, fields) -> {
            JsonNode here =
                    section.isEmpty() ? properties : properties.get(section).get("properties");
            assertThat(names(here)).as(section).isEqualTo(fields);
        });
    }

    @Test
    void theDefaultsOfTheSchemaAreTheReaders() {
        JsonNode written = SpecTree.of(((Read.Ok) reader.read("{\"cmd\": [\"a\"]}".getBytes())).spec());

        assertThat(defaults(Schemas.tree(Schemas.SPEC), written)).isGreaterThan(15);
    }

    /** Compares every scalar default of the schema with what is written; how many there were. */
    private static int defaults(JsonNode schema, JsonNode written) {
        int compared = 0;
        for (var property : schema.path("properties").properties()) {
            JsonNode usual = property.getValue().path("default");
            JsonNode actual = written.path(property.getKey());
            if (actual.isObject() && property.getValue().has("properties")) {
                compared += defaults(property.getValue(), actual);
            } else if (!usual.isMissingNode()) {
                assertThat(actual).as(property.getKey()).isEqualTo(usual);
                compared++;
            }
        }
        return compared;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
