package dev.fleetrunner.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Limit;
import dev.fleetrunner.contract.TaskSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The canonical form: it reads back as the same spec, and its hash tells what is the same request. */
class SpecWriterTest {
    private static final int SPECS = 500;

    private final SpecReader reader = new SpecReader();
    private final SpecWriter writer = new SpecWriter();

    @Test
    void readingUndoesWritingForAnySpec() throws IOException {
        RandomSpecs specs = new RandomSpecs(7429);
        for (int i = 0; i < SPECS; i++) {
            TaskSpec spec = specs.next();

            byte[] written = writer.write(spec);

            assertThat(reader.read(written))
                    .as(() -> new String(written, StandardCharsets.UTF_8))
                    .isEqualTo(new Read.Ok(spec));
            assertThat(writer.write(read(written))).isEqualTo(written);
            assertThat(Schemas.faultsOfSpec(Corpus.MAPPER.readTree(written))).isEmpty();
            assertThat(SpecHash.of(read(written))).isEqualTo(SpecHash.of(spec));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.fleetrunner.json.Corpus#good")
    void readingUndoesWritingForTheCorpus(Corpus.Case good) {
        TaskSpec spec = read(good.bytes());

        assertThat(read(writer.write(spec))).isEqualTo(spec);
    }

    @Test
    void writesTheFullExampleAsItIs() throws IOException {
        JsonNode full = Corpus.MAPPER.readTree(Corpus.example("full.json"));

        assertThat(new String(writer.write(read(Corpus.example("full.json"))), StandardCharsets.UTF_8))
                .isEqualTo(full.toString());
    }

    @Test
    void leavesOutTheLimitsThatNobodyNamed() {
        String written = new String(
                writer.write(spec("{\"cmd\": [\"a\"], \"resources\": {\"memory\": \"4Gi\"}}")), StandardCharsets.UTF_8);

        assertThat(written)
                .isEqualTo(
                        "{\"cmd\":[\"a\"],\"env\":{},\"mounts\":[],"
                                + "\"timeouts\":{\"overallSec\":2400,\"queueSec\":600,\"imageSec\":300,\"graceSec\":10},"
                                + "\"resources\":{\"memory\":\"4Gi\"},\"artifacts\":{\"paths\":[]},"
                                + "\"context\":{\"scope\":[],\"hydration_refs\":[],\"on_missing\":\"note\"},"
                                + "\"engine\":false,\"isolation\":\"default\",\"runtime\":\"auto\",\"labels\":{},\"priority\":0}");
    }

    @Test
    void keepsWhatWasNamedThroughWritingAndReading() {
        TaskSpec spec = spec("{\"cmd\": [\"a\"], \"user\": \"1000:1000\", \"resources\": {\"pids\": 512}}");

        assertThat(read(writer.write(spec)).named()).containsExactlyInAnyOrder(Limit.USER, Limit.PIDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cmd\": [\"a\"], \"env\": {\"A\": \"1\", \"B\": \"2\"}}"
                        + " | {\"env\": {\"B\": \"2\", \"A\": \"1\"}, \"cmd\": [\"a\"]}",
                "{\"cmd\": [\"a\"]} | {\"cmd\": [\"a\"], \"resources\": {\"memory\": \"4Gi\"}, \"env\": {}}",
                "{\"cmd\": [\"a\"], \"resources\": {\"memory\": \"1Gi\"}}"
                        + " | {\"cmd\": [\"a\"], \"resources\": {\"memory\": \"1024Mi\", \"cpu\": \"2000m\"}}"
            })
    void hashesTheSameRequestTheSame(String one, String other) {
        assertThat(SpecHash.of(spec(one))).isEqualTo(SpecHash.of(spec(other))).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cmd\": [\"a\", \"b\"]} | {\"cmd\": [\"b\", \"a\"]}",
                "{\"cmd\": [\"a\"]} | {\"cmd\": [\"a\"], \"priority\": 1}",
                "{\"cmd\": [\"a\"], \"env\": {\"A\": \"file\"}}"
                        + " | {\"cmd\": [\"a\"], \"env\": {\"A\": {\"secretRef\": \"x\"}}}"
            })
    void hashesOtherRequestsOtherwise(String one, String other) {
        assertThat(SpecHash.of(spec(one))).isNotEqualTo(SpecHash.of(spec(other)));
    }

    /** Idempotency keys outlive versions of the service: this value must never change. */
    @Test
    void hashesTheSameInEveryVersion() {
        assertThat(SpecHash.of(read(Corpus.example("full.json"))))
                .isEqualTo("2609b20e1a61774f23e6b3cd61cd624858a54b3f0dfd990133b1c327f4148560");
    }

    private TaskSpec spec(String document) {
        return read(document.getBytes(StandardCharsets.UTF_8));
    }

    private TaskSpec read(byte[] document) {
        return ((Read.Ok) reader.read(document)).spec();
    }
}
