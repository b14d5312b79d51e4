package dev.fleetrunner.policy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.fleetrunner.contract.Caller.Share;
import dev.fleetrunner.contract.Glob;
import dev.fleetrunner.contract.ImageRule;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import dev.fleetrunner.json.Fields;
import dev.fleetrunner.json.Quantity;
import dev.fleetrunner.json.Shape;
import dev.fleetrunner.json.Value;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a profile. What it leaves out is as strict as can be, but for the limits: those it leaves to the contract. */
final class ProfileReader {
    private static final int MANY = 1000;
    private static final int LONG = 512;
    private static final long LEAST_MEMORY = 6L << 20;
    private static final long LEAST_DISK = 1L << 20;
    private static final int MOST_PIDS = 1_000_000;
    private static final int HOUR = 3600;
    private static final int WEEK = 604_800;

    private static final List<String> MODES =
            Arrays.stream(Mode.values()).map(Mode::word).toList();
    private static final Shape HOST = new Shape(
            270,
            "(\\*|(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:(\\*|[1-9][0-9]{0,4}))?",
            "a host such as pypi.org, *.pypi.org or pypi.org:443, or * for all",
            "write the host alone in lower case, without https:// and path");
    private static final Shape DIRECTORY = new Shape(4096, "/.*", "an absolute path", "write it from / on");
    private static final Shape CAPABILITY = new Shape(
            64, "[A-Z][A-Z_]*", "the name of a capability", "write it in upper case without CAP_, such as CHOWN");
    private static final Shape WORD =
            new Shape(63, "[a-z][a-z0-9-]*", "a word in lower case", "use letters, digits and hyphens");

    private final List<Path> usualRoots;

    /**
     * @param usualRoots the directories below which those may bind whose profile does not say
     */
    ProfileReader(List<Path> usualRoots) {
        this.usualRoots = usualRoots;
    }

    Optional<Profile> read(String name, Value value) {
        return value.fields().map(fields -> read(name, fields));
    }

    private Profile read(String name, Fields fields) {
        fields.find(Inheritance.EXTENDS);
        Profile profile = new Profile(
                name,
                images(fields.fields("images")),
                binds(fields.fields("mounts")),
                network(fields.fields("network")),
                fields.flag("root", false),
                texts(fields, "capabilities", CAPABILITY),
                limits(fields.fields("limits")),
                share(fields.fields("share")),
                globs(fields, "runtimes", List.of(Glob.of("*"))),
                globs(fields, "secrets", List.of()),
                fields.flag("engine", false),
                isolation(fields));
        fields.refuseOthers();
        return profile;
    }

    private static Profile.Images images(Fields fields) {
        List<String> allow =
                globs(fields, "allow", List.of()).stream().map(Glob::text).toList();
        var images = new Profile.Images(new ImageRule(allow, fields.flag("digest", false)), fields.flag("pull", false));
        fields.refuseOthers();
        return images;
    }

    private Profile.Binds binds(Fields fields) {
        List<Path> roots = fields.find("roots").isPresent()
                ? texts(fields, "roots", DIRECTORY).stream().map(Path::of).toList()
                : usualRoots;
        var binds = new Profile.Binds(roots, fields.flag("readOnly", false));
        fields.refuseOthers();
        return binds;
    }

    private static Profile.Hosts network(Fields fields) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        fields.items("modes", MODES.size())
                .forEach(item -> item.oneOf(MODES).map(ProfileReader::mode).ifPresent(modes::add));
        var hosts = new Profile.Hosts(
                modes.isEmpty() ? EnumSet.of(Mode.NONE) : modes,
                texts(fields, "hosts", HOST).stream().map(HostPattern::of).toList());
        fields.refuseOthers();
        return hosts;
    }

    private static Mode mode(String word) {
        return Mode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Ceiling limits(Fields fields) {
        var limits = new Ceiling(
                fields.find("cpu")
                        .flatMap(value -> Quantity.cpuMillis(quoted(value)))
                        .orElse(null),
                fields.find("memory")
                        .flatMap(value -> Quantity.bytes(quoted(value), LEAST_MEMORY))
                        .orElse(null),
                fields.find("pids")
                        .flatMap(value -> value.integer(1, MOST_PIDS))
                        .orElse(null),
                fields.find("disk")
                        .flatMap(value -> Quantity.bytes(quoted(value), LEAST_DISK))
                        .orElse(null),
                fields.find("overallSec")
                        .flatMap(value -> value.integer(1, WEEK))
                        .orElse(null),
                fields.find("graceSec").flatMap(value -> value.integer(0, HOUR)).orElse(null));
        fields.refuseOthers();
        return limits;
    }

    /** In YAML nobody quotes {@code cpu: 2}. */
    private static Value quoted(Value value) {
        return value.node().isNumber()
                ? new Value(TextNode.valueOf(value.node().asText()), value.at(), value.faults())
                : value;
    }

    private static Share share(Fields fields) {
        var share = new Share(count(fields, "maxConcurrent"), count(fields, "maxQueued"));
        fields.refuseOthers();
        return share;
    }

    private static Integer count(Fields fields, String name) {
        return fields.find(name).flatMap(value -> value.integer(1, MOST_PIDS)).orElse(null);
    }

    private static List<String> isolation(Fields fields) {
        List<String> walls = texts(fields, "isolation", WORD);
        return walls.isEmpty() ? List.of(TaskSpec.DEFAULT_ISOLATION) : walls;
    }

    static List<Glob> globs(Fields fields, String name, List<Glob> otherwise) {
        return fields.find(name)
                .map(list -> list.items(MANY).stream()
                        .flatMap(item -> item.filled(LONG).stream())
                        .map(Glob::of)
                        .toList())
                .orElse(otherwise);
    }

    private static List<String> texts(Fields fields, String name, Shape shape) {
        return fields.items(name, MANY).stream()
                .flatMap(item -> item.text(shape).stream())
                .toList();
    }
}
