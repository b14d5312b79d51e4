package dev.fleetrunner.console.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.json.Read;
import dev.fleetrunner.json.SpecReader;
import dev.fleetrunner.json.SpecWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec goes into the form and comes out of it as it was. */
class SpecFormTest {
    /** Every field of the contract, none with its default. */
    private static final String EVERYTHING =
            """
            {"image": "busybox", "cmd": ["/bin/sh", "-c", "echo one\\n\\n echo <two>\\n"],
             "env": {"A": "b", "EMPTY": "", "LINES": "\\nx\\ny ", "F": {"secretRef": "s"}, "E": {"secretRef": "s", "as": "env"}},
             "mounts": [{"type": "bind", "source": "/srv/x", "target": "/x", "readOnly": true},
                        {"type": "workspace", "source": "ws-0123456789ab", "target": "/workspace", "readOnly": true},
                        {"type": "cache", "source": "pip", "target": "/c"},
                        {"type": "tmpfs", "target": "/t", "size": "1Mi"}],
             "timeouts": {"overallSec": 1, "queueSec": 2, "imageSec": 3, "graceSec": 0},
             "resources": {"cpu": "500m", "memory": "1Gi", "pids": 9, "disk": "5Gi"},
             "artifacts": {"paths": ["/workspace/a b", "/workspace/**/*.xml"]},
             "context": {"case_id": "c", "task_id": "t", "role": "r", "scope": ["one", "two"],
                         "hydration_refs": [{"redis_key": "k"}, {"neo4j_query": "MATCH (n)\\nRETURN n"}],
                         "on_missing": "error"},
             "network": {"mode": "restricted", "allow": ["pypi.org", "*.x.org:1"]},
             "engine": true, "isolation": "gvisor", "user": "0:0", "runtime": "podman",
             "labels": {"team": "authz", "empty": ""}, "priority": -7}""";

    private static ObjectNode tree(String json) {
        return JsonText.tree(json).orElseThrow();
    }

    private static TaskSpec spec(JsonNode tree) {
        Read read = new SpecReader().read(JsonText.pretty(tree).getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(Read.Ok.class);
        return ((Read.Ok) read).spec();
    }

    /** What the browser sends back of a form that it was given. */
    private static Typed handedIn(Typed shown) {
        StringBuilder posted = new StringBuilder("shown=form");
        shown.values().forEach((name, value) -> posted.append('&')
                .append(java.net.URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(java.net.URLEncoder.encode(value.replace("\n", "\r\n"), StandardCharsets.UTF_8)));
        return Typed.of(posted.toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void everyFieldGoesThroughTheForm() {
        ObjectNode everything = tree(EVERYTHING);

        Typed typed = handedIn(Fit.of(everything).orElseThrow());

        assertThat(spec(FormDocument.of(typed))).isEqualTo(spec(everything));
        assertThat(FormDocument.of(typed).properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(SpecSchema.NAMES);
    }

    @Test
    void thatAreAllFieldsOfTheSchema() throws IOException {
        JsonNode schema = tree(Files.readString(Path.of("src/main/resources/schema/task-spec.schema.json")));
        Set<String> known = new TreeSet<>();
        fields(schema, "", known);
        JsonNode defs = schema.get("$defs");
        defs.at("/mount/oneOf").forEach(type -> names(type)
                .forEach(name ->
                        known.add("mounts/" + type.at("/properties/type/const").asText() + "/" + name)));
        names(defs.get("secret")).forEach(name -> known.add("env/secret/" + name));
        names(defs.get("hydrationRef")).forEach(name -> known.add("context/hydration_refs/" + name));

        JsonNode everything = FormDocument.of(Fit.of(tree(EVERYTHING)).orElseThrow());
        JsonNode written = tree(JsonText.pretty(everything));
        Set<String> here = new TreeSet<>();
        written.properties().forEach(field -> {
            here.add(field.getKey());
            if (field.getValue().isObject() && !Set.of("env", "labels").contains(field.getKey())) {
                field.getValue().fieldNames().forEachRemaining(name -> here.add(field.getKey() + "/" + name));
            }
        });
        written.get("mounts").forEach(mount -> mount.fieldNames()
                .forEachRemaining(name -> here.add("mounts/" + mount.get("type").asText() + "/" + name)));
        written.at("/env/E").fieldNames().forEachRemaining(name -> here.add("env/secret/" + name));
        written.at("/context/hydration_refs")
                .forEach(ref -> ref.fieldNames().forEachRemaining(name -> here.add("context/hydration_refs/" + name)));

        assertThat(here).isEqualTo(known).hasSizeGreaterThan(40);
    }

    private static void fields(JsonNode schema, String at, Set<String> known) {
        schema.path("properties").properties().forEach(field -> {
            known.add(at + field.getKey());
            fields(field.getValue(), at + field.getKey() + "/", known);
        });
    }

    private static Set<String> names(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.get("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void everyFieldHasItsWordsFromTheSchema() {
        assertThat(SpecForm.fields()).filteredOn(field -> field != SpecForm.BY).allSatisfy(field -> assertThat(
                        SpecSchema.description(field.name()))
                .as(field.name())
                .isNotBlank());
        assertThat(SpecSchema.usual("timeouts.overallSec")).isEqualTo("2400");
        assertThat(SpecSchema.usual("resources.memory")).isEqualTo("4Gi");
    }

    @ParameterizedTest
    @MethodSource("dev.fleetrunner.console.submit.SpecFormTest#examples")
    void everyExampleIsASpecThatTheFormShows(Example example) {
        ObjectNode tree = tree(example.spec());

        Typed typed = handedIn(Fit.of(tree).orElseThrow());

        assertThat(spec(FormDocument.of(typed))).isEqualTo(spec(tree));
    }

    static java.util.List<Example> examples() {
        return Example.ALL;
    }

    @Test
    void anEarlierTasksSpecIsShownWithoutWhatItWouldHaveAnyway() {
        for (String json : new String[] {
            EVERYTHING,
            "{\"cmd\": [\"true\"]}",
            "{\"cmd\": [\"a\", \"b c\"], \"resources\": {\"memory\": \"4Gi\"}, \"network\": {\"mode\": \"none\"}}"
        }) {
            TaskSpec accepted = spec(tree(json));
            ObjectNode stored = tree(new String(new SpecWriter().write(accepted), StandardCharsets.UTF_8));

            ObjectNode shown = SpecSchema.unusual(stored);

            assertThat(spec(FormDocument.of(Fit.of(shown).orElseThrow()))).isEqualTo(accepted);
        }
        ObjectNode plain = SpecSchema.unusual(
                tree(new String(new SpecWriter().write(spec(tree("{\"cmd\": [\"true\"]}"))), StandardCharsets.UTF_8)));
        assertThat(plain).isEqualTo(tree("{\"cmd\": [\"true\"]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cmd\": [\"a\\nb\"]}",
                "{\"cmd\": [\"echo\", \"\"]}",
                "{\"cmd\": [\"/bin/sh\", \"-c\", \"a\\rb\"]}",
                "{\"cmd\": [\"a\"], \"unknown\": 1}",
                "{\"cmd\": [\"a\"], \"image\": \"\"}",
                "{\"cmd\": [\"a\"], \"priority\": \"5\"}",
                "{\"cmd\": [\"a\"], \"priority\": 1e1}",
                "{\"cmd\": [\"a\"], \"network\": {}}",
                "{\"cmd\": [\"a\"], \"labels\": {\"k\": \"two\\nlines\"}}",
                "{\"cmd\": [\"a\"], \"labels\": {\"k\": \" x\"}}",
                "{\"cmd\": [\"a\"], \"mounts\": [{\"type\": \"tmpfs\"}]}",
                "{\"cmd\": [\"a\"], \"timeouts\": null}",
                "{\"cmd\": [\"a\"], \"env\": {\"A\": {\"secretRef\": \"s\", \"as\": \"file\", \"more\": 1}}}",
                "{\"cmd\": \"echo\"}"
            })
    void whatTheFormWouldLoseItDoesNotShow(String json) {
        assertThat(Fit.of(tree(json))).isEmpty();
    }

    @Test
    void whatIsWrongGoesThroughTheFormAsWell() {
        String json = "{\"cmd\": [\"a\"], \"timeouts\": {\"overallSec\": \"soon\", \"graceSec\": 1.5}}";

        Typed typed = handedIn(Fit.of(tree(json)).orElseThrow());

        assertThat(tree(JsonText.pretty(FormDocument.of(typed)))).isEqualTo(tree(json));
    }

    @Test
    void aNameThatComesTwiceIsHandedIn() {
        var typed = new Typed(Map.of(
                "cmd",
                "true",
                "cmd.by",
                "",
                "env.0.name",
                "A",
                "env.0.value",
                "1",
                "env.3.name",
                "A",
                "env.3.value",
                "2"));

        Read read = new SpecReader().read(Draft.form(typed, "k").document());

        assertThat(read).isInstanceOfSatisfying(Read.Faulty.class, faulty -> assertThat(
                        new FaultPlaces(typed).of(faulty.faults().get(0).pointer()))
                .contains("env.0.name"));
    }

    @Test
    void faultsComeToTheFieldsThatTheyMean() {
        var typed = new Typed(Map.of(
                "mounts.2.source",
                "ws-x",
                "mounts.5.target",
                "/y",
                "env.1.name",
                "a/b",
                "env.1.value",
                "x",
                "labels.0.name",
                "k",
                "labels.0.value",
                "v"));
        var places = new FaultPlaces(typed);

        assertThat(places.of("/mounts/0/source")).contains("mounts.2.source");
        assertThat(places.of("/mounts/1")).contains("mounts.5.type");
        assertThat(places.of("/mounts/1/other")).contains("mounts.5.type");
        assertThat(places.of("/env/a~1b")).contains("env.1.name");
        assertThat(places.of("/env/a~1b/secretRef")).contains("env.1.value");
        assertThat(places.of("/labels/k")).contains("labels.0.name");
        assertThat(places.of("/cmd/0")).contains("cmd");
        assertThat(places.of("/network")).contains("network.mode");
        assertThat(places.of("/network/allow/3")).contains("network.allow");
        assertThat(places.of("/context/hydration_refs")).contains("context.hydration_refs.0.kind");
        assertThat(places.of("/timeouts/overallSec")).contains("timeouts.overallSec");
        assertThat(places.of("/nothing/known")).isEmpty();
        assertThat(places.of("")).isEmpty();
        assertThat(FaultPlaces.label("mounts.2.source")).isEqualTo("Mount 3, Source");
        assertThat(FaultPlaces.label("cmd")).isEqualTo("Command");
    }

    @Test
    void everyPlaceOfATextHasItsLine() {
        assertThat(JsonText.lines("{\n \"cmd\": [\n  \"a\"],\n \"x\": {\"y\": 1}}"))
                .containsEntry("/cmd/0", 3)
                .containsEntry("/x/y", 4);
        assertThat(JsonText.lines("{\n \"cmd\": nonsense")).isNotEmpty();
    }
}
