package dev.fleetrunner.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.service.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes specs of tasks that run a shell. */
record ShellTask(ObjectNode spec) {
    private static final JsonMapper JSON = new JsonMapper();

    ShellTask(String runtime) {
        this(JSON.createObjectNode().put("runtime", runtime));
        spec.putObject("timeouts").put("overallSec", 60).put("graceSec", 0);
    }

    /** The names of the engines that are there to be tested. */
    static List<String> runtimes() {
        return Engines.present();
    }

    static List<String> texts(Iterable<JsonNode> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private ShellTask with(java.util.function.Consumer<ObjectNode> change) {
        ObjectNode copy = spec.deepCopy();
        change.accept(copy);
        return new ShellTask(copy);
    }

    ShellTask artifacts(String... paths) {
        return with(copy -> {
            var list = copy.withObject("/artifacts").putArray("paths");
            Stream.of(paths).forEach(list::add);
        });
    }

    ShellTask env(String name, String value) {
        return with(copy -> copy.withObject("/env").put(name, value));
    }

    ShellTask secret(String variable, String name, String as) {
        return with(copy -> copy.withObject("/env")
                .putObject(variable)
                .put("secretRef", name)
                .put("as", as));
    }

    ShellTask mount(String type, String source, String target) {
        return with(copy -> copy.withArray("/mounts")
                .addObject()
                .put("type", type)
                .put("source", source)
                .put("target", target));
    }

    ShellTask disk(String bytes) {
        return with(copy -> copy.withObject("/resources").put("disk", bytes));
    }

    ShellTask overallSec(int seconds) {
        return with(copy -> copy.withObject("/timeouts").put("overallSec", seconds));
    }

    /** The document. */
    String doing(String script) {
        return with(copy -> copy.putArray("cmd").add("/bin/sh").add("-c").add(script))
                .spec
                .toString();
    }
}
