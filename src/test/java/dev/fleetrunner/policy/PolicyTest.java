package dev.fleetrunner.policy;

import static dev.fleetrunner.policy.Policies.agent;
import static dev.fleetrunner.policy.Policies.caller;
import static dev.fleetrunner.policy.Policies.only;
import static dev.fleetrunner.policy.Policies.policy;
import static dev.fleetrunner.policy.Policies.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static List<String> pointers(Decision decision) {
        return decision.denials().stream().map(Fault::pointer).toList();
    }

    /** One field of a profile, one field of a spec, and where it is denied; "-" if it is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    images: {allow: ["localhost/*"]}              |                                                     | -
                    images: {allow: ["localhost/base"]}           |                                                     | -
                    images: {allow: ["localhost/base:latest"]}    |                                                     | -
                    images: {allow: ["localhost/base:1"]}         |                                                     | /image
                    images: {allow: ["localhost/bas"]}            |                                                     | /image
                    images: {allow: []}                           |                                                     | /image
                    images: {allow: ["*"], digest: true}          |                                                     | /image
                    root: false                                   | "user": "0:0"                                       | /user
                    root: false                                   | "user": "0:1000"                                    | /user
                    root: false                                   | "user": "1000:0"                                    | /user
                    root: true                                    | "user": "0:0"                                       | -
                    network: {modes: [none]}                      | "network": {"mode": "restricted"}                   | /network/mode
                    network: {modes: [none, restricted]}          | "network": {"mode": "open"}                         | /network/mode
                    network: {modes: [open]}                      |                                                     | /network/mode
                    network: {modes: [restricted]}                | "network": {"mode": "restricted"}                   | -
                    engine: false                                 | "engine": true                                      | /engine
                    engine: true                                  | "engine": true                                      | -
                    runtimes: [docker]                            | "runtime": "podman"                                 | /runtime
                    runtimes: [docker]                            | "runtime": "auto"                                   | -
                    isolation: [default]                          | "isolation": "gvisor"                               | /isolation
                    isolation: [default, gvisor]                  | "isolation": "gvisor"                               | -
                    secrets: ["pypi-*"]                           | "env": {"T": {"secretRef": "pypi-token"}}           | -
                    secrets: ["pypi-*"]                           | "env": {"T": {"secretRef": "npm-token"}}            | /env/T
                    limits: {memory: 1Gi}                         | "resources": {"memory": "1Gi"}                      | -
                    limits: {memory: 1Gi}                         | "resources": {"memory": "1025Mi"}                   | /resources/memory
                    limits: {cpu: 2}                              | "resources": {"cpu": "2001m"}                       | /resources/cpu
                    limits: {pids: 100}                           | "resources": {"pids": 101}                          | /resources/pids
                    limits: {disk: 1Gi}                           | "resources": {"disk": "2Gi"}                        | /resources/disk
                    limits: {overallSec: 60}                      | "timeouts": {"overallSec": 61}                      | /timeouts/overallSec
                    limits: {overallSec: 60}                      | "timeouts": {"overallSec": 60}                      | -
                    limits: {graceSec: 20}                        | "timeouts": {"graceSec": 21}                        | /timeouts/graceSec
                    limits: {graceSec: 20}                        | "timeouts": {"graceSec": 20}                        | -
                    mounts: {roots: [/srv/a]}                     | "mounts": [{"type": "bind", "source": "/srv/a/b", "target": "/workspace"}]     | -
                    mounts: {roots: [/srv/a]}                     | "mounts": [{"type": "bind", "source": "/srv/ab", "target": "/workspace"}]      | /mounts/0/source
                    mounts: {roots: [/srv/a]}                     | "mounts": [{"type": "bind", "source": "/etc", "target": "/workspace"}]         | /mounts/0/source
                    mounts: {roots: []}                           | "mounts": [{"type": "bind", "source": "/srv/usual", "target": "/workspace"}]   | /mounts/0/source
                    root: false                                   | "mounts": [{"type": "bind", "source": "/srv/usual/x", "target": "/workspace"}] | -
                    mounts: {readOnly: true}                      | "mounts": [{"type": "bind", "source": "/srv/usual", "target": "/workspace"}]   | /mounts/0/readOnly
                    mounts: {readOnly: true}                      | "mounts": [{"type": "bind", "source": "/srv/usual", "target": "/workspace", "readOnly": true}] | -
                    """)
    void aFieldIsHeldToItsProfile(String profile, String fields, String denied) {
        String images = profile.startsWith("images") ? "" : "images: {allow: [\"*\"]}, ";
        var policy = policy("profiles: {some: {" + images + profile + "}}\nrules: [{name: all, profile: some}]");

        Decision decision = policy.decide(agent(), spec(fields == null ? "" : fields));

        assertThat(pointers(decision)).containsExactlyElementsOf(denied.equals("-") ? List.of() : List.of(denied));
        assertThat(decision.allowed()).isEqualTo(denied.equals("-"));
        assertThat(decision.grant() != null).isEqualTo(decision.allowed());
        assertThat(decision.denials()).allSatisfy(denial -> {
            assertThat(denial.message()).contains("is denied by rule all of the policy");
            assertThat(denial.remedy()).contains("profile some allows ");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "pypi.org, pypi.org, true",
        "pypi.org, pypi.org:443, true",
        "pypi.org, pypi.org:80, true",
        "pypi.org, pypi.org:8443, false",
        "pypi.org:8443, pypi.org:8443, true",
        "pypi.org:8443, pypi.org, false",
        "pypi.org:*, pypi.org:22, true",
        "pypi.org, files.pypi.org, false",
        "pypi.org, notpypi.org, false",
        "*.pypi.org, files.pypi.org, true",
        "*.pypi.org, a.files.pypi.org, true",
        "*.pypi.org, *.files.pypi.org, true",
        "*.pypi.org, *.pypi.org, true",
        "*.pypi.org, pypi.org, false",
        "*.pypi.org, evilpypi.org, false",
        "files.pypi.org, *.pypi.org, false",
        "*, anything.test, true",
        "*, *.anything.test, true",
        "*, anything.test:22, false",
        "*:*, anything.test:22, true",
    })
    void aHostIsAllowedIfAllItStandsForIs(String pattern, String asked, boolean allowed) {
        var policy = only("network: {modes: [restricted], hosts: [\"" + pattern + "\"]}");

        Decision decision =
                policy.decide(agent(), spec("\"network\": {\"mode\": \"restricted\", \"allow\": [\"" + asked + "\"]}"));

        assertThat(pointers(decision)).isEqualTo(allowed ? List.of() : List.of("/network/allow/0"));
    }

    @Test
    void everyWishThatIsDeniedIsTold() {
        Decision decision = policy(
                        "profiles: {strict: {images: {allow: [\"*\"]}}}\nrules: [{name: everyone, profile: strict}]")
                .decide(
                        agent(),
                        spec(
                                """
                                "user": "0:0", "mounts": [
                                  {"type": "bind", "source": "/etc", "target": "/host-etc"},
                                  {"type": "bind", "source": "/var/run/docker.sock", "target": "/var/run/docker.sock"}]"""));

        assertThat(pointers(decision)).containsExactlyInAnyOrder("/user", "/mounts/0/source", "/mounts/1");
        assertThat(decision.rule()).isEqualTo("everyone");
    }

    @Test
    void aLimitThatNobodyNamedIsLoweredAndNamedFromThenOn() {
        Decision decision = only("limits: {cpu: 500m, memory: 256Mi, pids: 64, disk: 1Gi, overallSec: 60, graceSec: 5}")
                .decide(agent(), spec(""));

        assertThat(decision.allowed()).isTrue();
        assertThat(decision.changes())
                .extracting(Change::pointer, Change::from, Change::to)
                .containsExactly(
                        tuple("/resources/cpu", "2", "500m"),
                        tuple("/resources/memory", "4Gi", "256Mi"),
                        tuple("/resources/pids", "512", "64"),
                        tuple("/resources/disk", null, "1Gi"),
                        tuple("/timeouts/overallSec", "2400 s", "60 s"),
                        tuple("/timeouts/graceSec", "10 s", "5 s"));
        assertThat(decision.spec().resources().memoryBytes()).isEqualTo(256L << 20);
        assertThat(decision.spec().timeouts().overallSec()).isEqualTo(60);
        assertThat(decision.spec().timeouts().graceSec()).isEqualTo(5);
        assertThat(decision.spec().named()).contains(Limit.CPUS, Limit.MEMORY, Limit.PIDS, Limit.DISK);
    }

    @ParameterizedTest
    @CsvSource({
        "/var/run/docker.sock, /var/run/docker.sock",
        "/run/docker.sock, /run/docker.sock",
        "/run/podman/podman.sock, /var/run/docker.sock",
        "/run/user/1000/podman/podman.sock, /var/run/docker.sock",
        "/srv/usual/proxy.sock, /var/run/docker.sock",
    })
    void whoMountsAnEnginesSocketIsGivenAnEngineInstead(String source, String target) {
        Decision decision = only("engine: true")
                .decide(
                        agent(),
                        spec("\"mounts\": [{\"type\": \"bind\", \"source\": \"" + source + "\", \"target\": \"" + target
                                + "\"}, {\"type\": \"tmpfs\", \"target\": \"/scratch\"}]"));

        assertThat(decision.allowed()).isTrue();
        assertThat(decision.spec().engine()).isTrue();
        assertThat(decision.spec().mounts()).hasSize(1).allMatch(mount -> mount.target()
                .equals("/scratch"));
        assertThat(decision.changes()).extracting(Change::pointer).containsExactly("/engine");
    }

    @Test
    void theFirstWallOfAProfileIsForThoseWhoNameNone() {
        Decision decision = only("isolation: [gvisor, default]").decide(agent(), spec(""));

        assertThat(decision.spec().isolation()).isEqualTo("gvisor");
        assertThat(decision.changes()).extracting(Change::pointer).containsExactly("/isolation");
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        var policy = policy(
                """
                profiles:
                  wide: {images: {allow: ["*"]}, root: true}
                  narrow: {images: {allow: ["localhost/*"]}}
                rules:
                  - {name: operators, when: {roles: [operator, admin]}, profile: wide}
                  - {name: authz, when: {owners: ["ci-*"], labels: {team: "auth*"}}, profile: wide}
                  - {name: agents, when: {roles: [agent]}, profile: narrow}
                """);

        assertThat(policy.decide(caller("eve", AccessRole.ADMIN), spec("")).rule())
                .isEqualTo("operators");
        assertThat(policy.decide(agent(), spec("\"labels\": {\"team\": \"authz\"}"))
                        .rule())
                .isEqualTo("authz");
        assertThat(policy.decide(agent(), spec("\"labels\": {\"team\": \"web\"}"))
                        .rule())
                .isEqualTo("agents");
        assertThat(policy.decide(agent(), spec("")).rule()).isEqualTo("agents");
        assertThat(policy.decide(caller("bot", AccessRole.AGENT), spec("\"labels\": {\"team\": \"authz\"}"))
                        .rule())
                .isEqualTo("agents");
    }

    @Test
    void whomNoRuleFitsMayNothing() {
        Decision decision = policy(
                        "profiles: {p: {images: {allow: [\"*\"]}}}\nrules: [{name: a, when: {roles: [admin]}, profile: p}]")
                .decide(agent(), spec(""));

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.rule()).isNull();
        assertThat(decision.denials().get(0).message()).contains("no rule of the policy is for ci-agent (agent)");
    }

    @Test
    void aTaskIsGivenWhatItsProfileHasAndNoMoreThanItsOwnersShare() {
        var policy = only("capabilities: [NET_BIND_SERVICE]\nshare: {maxConcurrent: 5, maxQueued: 100}");
        var caller = new Caller("ci-agent", AccessRole.AGENT, new Caller.Share(2, null), null);

        var grant = policy.decide(caller, spec("")).grant();

        assertThat(grant.rule()).isEqualTo("all");
        assertThat(grant.pull()).isFalse();
        assertThat(grant.bindRoots()).containsExactly("/srv/usual");
        assertThat(grant.capabilities()).containsExactly("NET_BIND_SERVICE");
        assertThat(grant.share()).isEqualTo(new Caller.Share(2, 100));
    }
}
