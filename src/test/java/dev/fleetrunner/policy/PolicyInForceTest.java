package dev.fleetrunner.policy;

import static dev.fleetrunner.policy.Policies.agent;
import static dev.fleetrunner.policy.Policies.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyInForceTest {
    private static final String ALL = "profiles: {p: {images: {allow: [\"*\"]}}}\nrules: [{name: all, profile: p}]\n";
    private static final String NONE = "profiles: {p: {}}\nrules: [{name: none, profile: p}]\n";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("policy.yaml"), ALL);
    }

    private static PolicyInForce open(Path file) {
        return PolicyInForce.open(file, new PolicyReader(List.of()), Clock.systemUTC(), Runnable::run);
    }

    private static void look(PolicyInForce policy) {
        policy.look().await().atMost(Duration.ofSeconds(10));
    }

    private static boolean allows(PolicyInForce policy) {
        return policy.now().policy().decide(agent(), spec("")).allowed();
    }

    @Test
    void theShippedOneAllowsTasksWithoutNetworkRootAndBinds() {
        PolicyInForce shipped = open(null);
        Policy policy = shipped.now().policy();

        assertThat(allows(shipped)).isTrue();
        assertThat(policy.decide(agent(), spec("\"user\": \"0:0\"")).allowed()).isFalse();
        assertThat(policy.decide(agent(), spec("\"network\": {\"mode\": \"restricted\"}"))
                        .allowed())
                .isFalse();
        assertThat(policy.decide(agent(), spec("\"engine\": true")).allowed()).isFalse();
        assertThat(policy.decide(
                                agent(),
                                spec("\"mounts\": [{\"type\": \"bind\", \"source\": \"/etc\", \"target\": \"/x\"}]"))
                        .allowed())
                .isFalse();
    }

    @Test
    void aFileThatChangesIsTakenAndTold() throws IOException {
        PolicyInForce policy = open(file);
        List<PolicyInForce.State> told = new ArrayList<>();
        policy.whenChanged(told::add);
        assertThat(allows(policy)).isTrue();

        Files.writeString(file, NONE);
        look(policy);
        look(policy);

        assertThat(allows(policy)).isFalse();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).text()).isEqualTo(NONE);
    }

    @Test
    void aFileWithFaultsChangesNothingUntilItIsMended() throws IOException {
        PolicyInForce policy = open(file);

        Files.writeString(file, "profiles: {p: {rooot: true}}\nrules: []\n");
        look(policy);
        assertThat(allows(policy)).isTrue();
        assertThat(policy.now().faults()).hasSize(1);
        assertThat(policy.now().text()).isEqualTo(ALL);

        Files.writeString(file, NONE);
        look(policy);
        assertThat(allows(policy)).isFalse();
        assertThat(policy.now().faults()).isEmpty();
    }

    @Test
    void aFileThatIsGoneChangesNothingUntilItIsBack() throws IOException {
        PolicyInForce policy = open(file);

        Files.delete(file);
        look(policy);
        assertThat(allows(policy)).isTrue();
        assertThat(policy.now().faults()).hasSize(1);

        Files.writeString(file, ALL);
        look(policy);
        assertThat(policy.now().faults()).isEmpty();
    }

    @Test
    void nothingStartsWithAPolicyThatCannotBeUsed() throws IOException {
        Files.writeString(file, "profiles: {p: {rooot: true}}\nrules: []\n");

        assertThatThrownBy(() -> open(file))
                .hasMessageContaining("/profiles/p/rooot unknown field; did you mean profiles.p.root?");
        assertThatThrownBy(() -> open(directory.resolve("none"))).hasMessageContaining("cannot be read");
    }
}
