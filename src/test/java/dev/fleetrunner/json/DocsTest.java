package dev.fleetrunner.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The prose says what the code does. */
class DocsTest {
    /** Codes that answer a request and never end a task. */
    private static final Set<CauseCode> REQUESTS = Set.of(
            CauseCode.INVALID_SPEC,
            CauseCode.INVALID_REQUEST,
            CauseCode.IDEMPOTENCY_MISMATCH,
            CauseCode.QUEUE_FULL,
            CauseCode.NOT_FOUND,
            CauseCode.UNAUTHORIZED,
            CauseCode.FORBIDDEN);

    private final String contract = read("contract.md");
    private final Map<String, String> troubleshooting = sections(read("troubleshooting.md"));

    @Test
    void theTableOfCausesIsTheEnumeration() {
        List<String> rows = contract.lines()
                .filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(CauseCode.values()).map(DocsTest::row).toList());
    }

    @Test
    void everyCauseHasItsSectionAndNothingElseHas() {
        assertThat(troubleshooting.keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(CauseCode.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource(CauseCode.class)
    void aSectionHasReasonsTheRemedyAndWhetherToTryAgain(CauseCode code) {
        assertThat(troubleshooting.get(code.name()))
                .contains("Typical reasons:\n\n- ")
                .contains("**Remedy:** " + code.remedy() + ".")
                .contains("**The same task again?** " + (code.retryable() ? "Yes" : "No"));
    }

    @Test
    void everyFieldOfBothSchemasIsExplained() {
        Set<String> fields = new TreeSet<>();
        collect(Schemas.tree(Schemas.SPEC), fields);
        collect(Schemas.tree(Schemas.RESULT), fields);

        assertThat(fields).hasSizeGreaterThan(80).allSatisfy(field -> assertThat(contract)
                .contains("`" + field + "`"));
    }

    @Test
    void everyStatusAndPhaseIsExplained() {
        assertThat(TaskStatus.values())
                .allSatisfy(status -> assertThat(contract).contains("| `" + status.word() + "` | "));
        assertThat(Phase.values()).allSatisfy(phase -> assertThat(contract).contains("| `" + phase.word() + "` | "));
    }

    private static String row(CauseCode code) {
        String status = REQUESTS.contains(code) ? "—" : "`" + code.status().word() + "`";
        return "| `" + code + "` | " + status + " | " + (code.retryable() ? "yes" : "no") + " | " + code.remedy()
                + " |";
    }

    private static void collect(JsonNode schema, Set<String> fields) {
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        schema.forEach(part -> collect(part, fields));
    }

    private static Map<String, String> sections(String document) {
        Map<String, String> sections = new LinkedHashMap<>();
        Pattern.compile("\n## ").splitAsStream(document).skip(1).forEach(section -> {
            int end = section.indexOf('\n');
            sections.put(section.substring(0, end), section.substring(end));
        });
        return sections;
    }

    private static String read(String name) {
        try {
            return Files.readString(Path.of("docs", name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
