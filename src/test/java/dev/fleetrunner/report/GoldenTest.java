package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tools really write comes out as expected, to the last field. */
class GoldenTest {
    private static final JsonMapper JSON = new JsonMapper();

    static List<Path> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysWhatTheToolSaid(Path sample) throws IOException {
        String name = sample.getFileName().toString();
        JsonNode expected = JSON.readTree(Samples.bytes("expected/" + name + ".json"));

        Reports reports = new ReportReader().read(List.of(Samples.file(name)));

        assertThat(JSON.readTree(JSON.writeValueAsBytes(reports)).toPrettyString())
                .isEqualTo(expected.toPrettyString());
    }
}
