package dev.fleetrunner.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Results as JSON: as the contract shows them, as the schema wants them, and back again. */
class ContractMapperTest {
    private final JsonMapper mapper = ContractMapper.create();

    @ParameterizedTest
    @MethodSource("dev.fleetrunner.json.Results#all")
    void keepsTheSchemaAndReadsBack(TaskResult result) throws IOException {
        byte[] written = mapper.writeValueAsBytes(result);

        assertThat(Schemas.faultsOfResult(mapper.readTree(written))).isEmpty();
        assertThat(mapper.readValue(written, TaskResult.class)).isEqualTo(result);
    }

    @ParameterizedTest
    @EnumSource(CauseCode.class)
    void everyCauseKeepsTheSchema(CauseCode code) {
        JsonNode written = mapper.valueToTree(Results.refused(code));

        assertThat(Schemas.faultsOfResult(written)).isEmpty();
        assertThat(written.at("/cause/code").textValue()).isEqualTo(code.name());
    }

    @Test
    void writesTheWordsOfTheContract() {
        JsonNode written = mapper.valueToTree(Results.failed());

        assertThat(written.get("status").textValue()).isEqualTo("failed");
        assertThat(written.get("phase").textValue()).isEqualTo("done");
        assertThat(written.at("/coverage/linePercent").doubleValue()).isEqualTo(83.5);
        assertThat(written.at("/metadata/case_id").textValue()).isEqualTo("case-7429");
        assertThat(written.at("/metadata/task_id").textValue()).isEqualTo("dev-impl-authz-v2");
        assertThat(written.at("/metadata/queuedAt").textValue()).isEqualTo("2026-11-22T10:15:30.000Z");
        assertThat(written.at("/metadata/duration").isNumber()).isTrue();
        assertThat(written.at("/metadata/enforced/capabilities").isArray()).isTrue();
        assertThat(written.at("/metadata").has("caseId")).isFalse();
    }

    @Test
    void writesWhatIsNotKnownAsNull() {
        JsonNode written = mapper.valueToTree(Results.refused(CauseCode.QUEUE_TIMEOUT));

        assertThat(written.get("exitCode").isNull()).isTrue();
        assertThat(written.get("tests").isNull()).isTrue();
        assertThat(written.at("/metadata/enforced").isNull()).isTrue();
        assertThat(written.at("/metadata/startedAt").isNull()).isTrue();
    }

    @Test
    void tellsNoCapabilitiesFromUnknownOnes() throws IOException {
        TaskResult unknown = Results.withoutReceiptOfCapabilities();

        TaskResult read = mapper.readValue(mapper.writeValueAsBytes(unknown), TaskResult.class);

        assertThat(read.metadata().enforced().capabilities()).isNull();
    }

    @Test
    void readsResultsOfOtherVersions() throws IOException {
        var tree = (ObjectNode) mapper.valueToTree(Results.failed());
        tree.put("addedLater", 1).remove("deniedHosts");
        ((ObjectNode) tree.get("metadata")).put("addedLater", 1);

        assertThat(mapper.treeToValue(tree, TaskResult.class)).isEqualTo(Results.failed());
    }
}
