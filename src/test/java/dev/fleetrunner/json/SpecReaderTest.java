package dev.fleetrunner.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Limit;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Timeouts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader makes of good documents, and what it says of bad ones; the corpus has the plain cases. */
class SpecReaderTest {
    private final SpecReader reader = new SpecReader();

    @Test
    void fillsInEveryDefaultButTheImage() {
        assertThat(ok("{\"cmd\": [\"true\"]}"))
                .isEqualTo(new TaskSpec(
                        null,
                        List.of("true"),
                        Map.of(),
                        List.of(),
                        Timeouts.DEFAULT,
                        Resources.DEFAULT,
                        TaskSpec.Artifacts.NONE,
                        Context.NONE,
                        TaskSpec.Network.NONE,
                        false,
                        "default",
                        "1000:1000",
                        "auto",
                        Map.of(),
                        0));
    }

    @Test
    void readsEveryField() {
        TaskSpec spec = ((Read.Ok) reader.read(Corpus.example("full.json"))).spec();

        assertThat(spec.image()).isEqualTo("localhost/fleet-runner-task:latest");
        assertThat(spec.env())
                .containsExactly(
                        Map.entry("TASK", new EnvValue.Literal("unit")),
                        Map.entry("LANG", new EnvValue.Literal("python")),
                        Map.entry("API_KEY", new EnvValue.SecretRef("pypi-token", EnvValue.As.FILE)));
        assertThat(spec.mounts())
                .containsExactly(
                        new Mount.Bind("/srv/fixtures", "/fixtures", true),
                        new Mount.Workspace("ws-9f2c41d07be3a856", "/workspace", false),
                        new Mount.Cache("pip", "/home/agent/.cache/pip"),
                        new Mount.Tmpfs("/scratch", 256L << 20));
        assertThat(spec.resources()).isEqualTo(new Resources(2000, 4L << 30, 512, 10L << 30));
        assertThat(spec.context().hydrationRefs())
                .first()
                .isEqualTo(new Context.HydrationRef.RedisKey("swe:case:case-7429:spec"));
        assertThat(spec.network())
                .isEqualTo(new TaskSpec.Network(
                        TaskSpec.Network.Mode.RESTRICTED, List.of("pypi.org", "*.pythonhosted.org:443")));
    }

    @Test
    void knowsWhichLimitsTheDocumentNames() {
        TaskSpec spec = ok("{\"cmd\": [\"a\"], \"user\": \"1000\", \"network\": {\"mode\": \"none\"},"
                + " \"resources\": {\"memory\": \"4Gi\"}}");

        assertThat(spec.named()).containsExactlyInAnyOrder(Limit.MEMORY, Limit.NETWORK, Limit.USER);
        assertThat(spec.user()).isEqualTo("1000:1000");
    }

    @Test
    void tellsAllFaultsAtOnce() {
        assertThat(faults("{\"image\": 5, \"timeouts\": {\"graceSec\": -1}, \"user\": \"me\", \"prio\": 1}"))
                .extracting(Fault::pointer)
                .containsExactly("/image", "/cmd", "/timeouts/graceSec", "/user", "/prio");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cmd\": [\"a\"], \"timeouts\": {\"overalSec\": 5}} | did you mean timeouts.overallSec?",
                "{\"cmd\": [\"a\"], \"timeouts\": {\"overall_sec\": 5}} | did you mean timeouts.overallSec?",
                "{\"cmd\": [\"a\"], \"overallSec\": 5} | did you mean timeouts.overallSec?",
                "{\"cmd\": [\"a\"], \"memory\": \"1Gi\"} | did you mean resources.memory?",
                "{\"cmd\": [\"a\"], \"command\": []} | did you mean cmd?",
                "{\"cmd\": [\"a\"], \"mounts\": [{\"type\": \"bind\", \"source\": \"/a\", \"target\": \"/b\","
                        + " \"readonly\": true}]} | did you mean mounts[0].readOnly?",
                "{\"cmd\": [\"a\"], \"timeouts\": {\"xyzzy\": 5}}"
                        + " | leave it out; known here: overallSec, queueSec, imageSec, graceSec"
            })
    void guessesWhatAnUnknownFieldMeant(String document, String remedy) {
        assertThat(faults(document))
                .singleElement()
                .extracting(Fault::message, Fault::remedy)
                .containsExactly("unknown field", remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0000000001Gi, must be a quantity such as 4Gi",
        "1.5, must be a quantity such as 4Gi",
        "5Mi, must be from 6Mi to 16Ti",
        "17Ti, must be from 6Mi to 16Ti",
        "999999999999999999Ti, must be from 6Mi to 16Ti"
    })
    void wantsWholeBytesWithinBounds(String memory, String message) {
        assertThat(faults("{\"cmd\": [\"a\"], \"resources\": {\"memory\": \"" + memory + "\"}}"))
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(tuple("/resources/memory", message));
    }

    @ParameterizedTest
    @CsvSource({"1.5Gi, 1610612736", "7M, 7000000", "0.01T, 10000000000", "8192Ki, 8388608", "6291456, 6291456"})
    void readsQuantities(String memory, long bytes) {
        assertThat(ok("{\"cmd\": [\"a\"], \"resources\": {\"memory\": \"" + memory + "\"}}")
                        .resources()
                        .memoryBytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"9m, must be from 10m to 1024", "1025, must be from 10m to 1024", "999999999, must be from 10m to 1024"
    })
    void wantsCpusWithinBounds(String cpu, String message) {
        assertThat(faults("{\"cmd\": [\"a\"], \"resources\": {\"cpu\": \"" + cpu + "\"}}"))
                .extracting(Fault::message)
                .containsExactly(message);
    }

    @Test
    void refusesTwoMountsOnOneTarget() {
        assertThat(faults("{\"cmd\": [\"a\"], \"mounts\": [{\"type\": \"tmpfs\", \"target\": \"/a\"},"
                        + " {\"type\": \"cache\", \"source\": \"c\", \"target\": \"/a/\"}]}"))
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(tuple("/mounts/1", "has the same target as /mounts/0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/report.xml", "/tmp", "/run/x/*.xml", "/scratch/a", "/workspace/tmp/**/x"})
    void refusesArtifactsOnATmpfs(String path) {
        assertThat(faults("{\"cmd\": [\"a\"], \"artifacts\": {\"paths\": [\"" + path + "\"]}, \"mounts\": ["
                        + "{\"type\": \"tmpfs\", \"target\": \"/scratch\"},"
                        + "{\"type\": \"tmpfs\", \"target\": \"/workspace/tmp\"}]}"))
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(tuple("/artifacts/paths/0", "lies on a tmpfs, which is gone when the task ends"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/kept/report.xml", "/tmpfile", "/scratch/kept", "/workspace/*", "/**/report.xml"})
    void acceptsArtifactsOnVolumesEvenInsideATmpfs(String path) {
        assertThat(ok("{\"cmd\": [\"a\"], \"artifacts\": {\"paths\": [\"" + path + "\"]}, \"mounts\": ["
                                + "{\"type\": \"cache\", \"source\": \"c\", \"target\": \"/tmp/kept\"},"
                                + "{\"type\": \"cache\", \"source\": \"d\", \"target\": \"/scratch/kept\"},"
                                + "{\"type\": \"tmpfs\", \"target\": \"/scratch\"}]}")
                        .artifacts()
                        .paths())
                .containsExactly(path);
    }

    @Test
    void dropsASlashAtTheEndOfAPath() {
        assertThat(ok("{\"cmd\": [\"a\"], \"artifacts\": {\"paths\": [\"/workspace/reports/\"]}}")
                        .artifacts()
                        .paths())
                .containsExactly("/workspace/reports");
    }

    @Test
    void refusesUsersBeyondWhatEnginesTake() {
        assertThat(faults("{\"cmd\": [\"a\"], \"user\": \"1:2147483648\"}"))
                .extracting(Fault::pointer)
                .containsExactly("/user");
    }

    @Test
    void refusesACommandThatLinuxCannotExecute() {
        String half = "x".repeat(70_000);

        assertThat(faults("{\"cmd\": [\"" + half + "\", \"" + half + "\"]}"))
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(tuple("/cmd", "has 140002 bytes in all"));
    }

    @Test
    void countsTheBytesOfAVariableNotItsCharacters() {
        String umlauts = "ü".repeat(65_536);

        assertThat(faults("{\"cmd\": [\"a\"], \"env\": {\"A\": \"" + umlauts + "\"}}"))
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(tuple("/env/A", "has 131075 bytes with its name"));
    }

    @Test
    void bindsTheNumberOfEntries() {
        String labels =
                IntStream.range(0, 65).mapToObj(i -> "\"k" + i + "\": \"\"").collect(Collectors.joining(","));
        String cmd = IntStream.range(0, 1025).mapToObj(i -> "\"a\"").collect(Collectors.joining(","));

        assertThat(faults("{\"cmd\": [" + cmd + "], \"labels\": {" + labels + "}}"))
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(tuple("/cmd", "has 1025 entries"), tuple("/labels", "has 65 entries"));
    }

    @Test
    void refusesHalfACharacterWhereverItStands() {
        assertThat(faults("{\"cmd\": [\"\\ud83d\"]}"))
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(tuple("/cmd/0", "contains half a Unicode character"));
        assertThat(faults("{\"cmd\": [\"a\"], \"x\\udc00\": 1}"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("not JSON"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0", "1e1", "100E-1"})
    void takesAWholeNumberHoweverItIsWritten(String ten) {
        assertThat(ok("{\"cmd\": [\"a\"], \"priority\": " + ten + "}").priority())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1.0000000000000000000001"})
    void isNotImpressedByMonstrousNumbers(String number) {
        assertThat(faults("{\"cmd\": [\"a\"], \"priority\": " + number + "}"))
                .extracting(Fault::pointer)
                .containsExactly("/priority");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | the document is empty",
                "` ` | the document is empty",
                "{\"cmd\": [\"a\"] | not JSON at line 1, column 14: Unexpected end-of-input: expected close marker for Object"
                        + " (start marker at line 1, column 1)",
                "{'cmd': 1} | not JSON at line 1, column 2",
                "{\"cmd\": [\"a\"]} {} | something follows the document at line 1, column 16",
                "{\"cmd\": [\"a\"]} x | not JSON at line 1, column 16",
                "nope | not JSON at line 1, column 1",
                "{\"a\": NaN} | not JSON at line 1, column 10",
                "{\"a\": 1e999999999999} | a number has too large an exponent"
            })
    void tellsWhereADocumentStopsBeingJson(String document, String message) {
        assertThat(faults(document))
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEmpty())
                .satisfies(fault -> assertThat(fault.message()).startsWith(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cmd\": [\"a\"], \"cmd\": [\"b\"]} | /cmd",
                "{\"cmd\": [\"a\"], \"timeouts\": {\"graceSec\": 1, \"graceSec\": 1}} | /timeouts/graceSec",
                "{\"mounts\": [{}, {\"a/b\": {}, \"a/b\": {}}]} | /mounts/1/a~1b"
            })
    void refusesAFieldThatComesTwice(String document, String pointer) {
        assertThat(faults(document))
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo(pointer))
                .satisfies(fault -> assertThat(fault.message()).startsWith("the field is given twice at line 1"));
    }

    @Test
    void bindsSizeAndDepthOfADocument() {
        assertThat(faults("{\"cmd\": [\"" + "x".repeat(1 << 20) + "\"]}"))
                .extracting(Fault::message)
                .containsExactly("the document has 1048589 bytes");
        assertThat(faults("[".repeat(33))).singleElement().satisfies(fault -> assertThat(fault.message())
                .startsWith("the document goes beyond a bound"));
        assertThat(faults("{\"" + "n".repeat(1001) + "\": 1}"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("the document goes beyond a bound"));
    }

    @Test
    void doesNotListFaultsForever() {
        String document =
                IntStream.range(0, 5000).mapToObj(i -> "\"f" + i + "\": 1").collect(Collectors.joining(",", "{", "}"));

        List<Fault> faults = faults(document);

        assertThat(faults).hasSize(Faults.MOST + 1);
        assertThat(faults.get(Faults.MOST).message()).isEqualTo("4901 more faults are not listed");
    }

    private TaskSpec ok(String document) {
        Read read = reader.read(document.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(Read.Ok.class);
        return ((Read.Ok) read).spec();
    }

    private List<Fault> faults(String document) {
        Read read = reader.read(document.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(Read.Faulty.class);
        return ((Read.Faulty) read).faults();
    }
}
