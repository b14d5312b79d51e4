package dev.fleetrunner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.json.Read;
import dev.fleetrunner.json.SpecReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Policies, callers and specs as tests write them. */
final class Policies {
    private Policies() {}

    static PolicyReader.Read read(String yaml) {
        return new PolicyReader(List.of(Path.of("/srv/usual"))).read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    static Policy policy(String yaml) {
        PolicyReader.Read read = read(yaml);
        assertThat(read).isInstanceOf(PolicyReader.Read.Ok.class);
        return ((PolicyReader.Read.Ok) read).policy();
    }

    static List<Fault> faults(String yaml) {
        PolicyReader.Read read = read(yaml);
        assertThat(read).isInstanceOf(PolicyReader.Read.Faulty.class);
        return ((PolicyReader.Read.Faulty) read).faults();
    }

    /** A policy of one rule for all, whose profile allows every image and says this besides. */
    static Policy only(String profile) {
        return policy(
                """
                profiles:
                  some:
                    images: {allow: ["*"]}
                %s
                rules:
                  - {name: all, profile: some}
                """
                        .formatted(profile.indent(4).stripTrailing()));
    }

    static Caller caller(String name, AccessRole role) {
        return new Caller(name, role, Caller.Share.WHOLE, "127.0.0.1");
    }

    static Caller agent() {
        return caller("ci-agent", AccessRole.AGENT);
    }

    /** A spec whose image is given, with these fields besides. */
    static TaskSpec spec(String fields) {
        String json = "{\"image\": \"localhost/base:latest\", \"cmd\": [\"true\"]" + (fields.isEmpty() ? "" : ", ")
                + fields + "}";
        Read read = new SpecReader().read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read).as(json).isInstanceOf(Read.Ok.class);
        return ((Read.Ok) read).spec();
    }
}
