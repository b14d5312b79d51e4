package dev.fleetrunner.policy;

import static dev.fleetrunner.policy.Policies.agent;
import static dev.fleetrunner.policy.Policies.faults;
import static dev.fleetrunner.policy.Policies.policy;
import static dev.fleetrunner.policy.Policies.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
    private static final String RULES = "rules: [{name: all, profile: p}]\n";

    /** A document with one fault, where that is, and a word of what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    profiles: {p: {rooot: true}}                          | /profiles/p/rooot              | did you mean profiles.p.root?
                    profiles: {p: {root: 1}}                              | /profiles/p/root               | true or false
                    profiles: {p: {images: {allow: "*"}}}                 | /profiles/p/images/allow       | a list
                    profiles: {p: {network: {modes: [closed]}}}           | /profiles/p/network/modes/0    | none, restricted, open
                    profiles: {p: {network: {hosts: ["https://x.org"]}}}  | /profiles/p/network/hosts/0    | without https://
                    profiles: {p: {capabilities: [CAP_CHOWN, chown]}}     | /profiles/p/capabilities/1     | upper case
                    profiles: {p: {limits: {memory: lots}}}               | /profiles/p/limits/memory      | 4Gi
                    profiles: {p: {mounts: {roots: [srv]}}}               | /profiles/p/mounts/roots/0     | absolute path
                    profiles: {p: {extends: q}}                           | /profiles/p/extends            | one of p
                    profiles: {p: {extends: p}}                           | /profiles/p/extends            | extends itself
                    profiles: {p: {share: {maxQueued: 0}}}                | /profiles/p/share/maxQueued    | from 1
                    profiles: {P: {}, p: {}}                              | /profiles/P                    | lower case
                    """)
    void aFaultIsToldWithItsPlace(String profiles, String pointer, String words) {
        List<Fault> faults = faults(profiles + "\n" + RULES);

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).pointer()).isEqualTo(pointer);
        assertThat(faults.get(0).message() + "; " + faults.get(0).remedy()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    rules: [{name: a, profile: q}]                                  | /rules/0/profile
                    rules: [{profile: p}]                                           | /rules/0/name
                    rules: [{name: a}]                                              | /rules/0/profile
                    rules: [{name: a, profile: p}, {name: a, profile: p}]           | /rules/1/name
                    rules: [{name: a, profile: p, when: {roles: [boss]}}]           | /rules/0/when/roles/0
                    rules: [{name: a, profile: p, when: {owner: [x]}}]              | /rules/0/when/owner
                    rules: {name: a}                                                | /rules
                    """)
    void aFaultOfARuleIsToldWithItsPlace(String rules, String pointer) {
        assertThat(faults("profiles: {p: {}}\n" + rules))
                .extracting(Fault::pointer)
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "- a\n- b",
                "profiles: {p: {}",
                "profiles: {p: {}}\nprofiles: {q: {}}\n" + RULES,
                "a: &a [x, *a]",
                "\t",
                "--- \n{}\n--- \n{}"
            })
    void whatIsNoPolicyIsRefused(String text) {
        assertThat(faults(text)).isNotEmpty();
    }

    @Test
    void aliasesThatGrowWithoutEndAreRefused() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }

        assertThat(faults(text.toString())).isNotEmpty();
    }

    @Test
    void theLineOfWhatIsNoYamlIsTold() {
        assertThat(faults("profiles:\n  p: {}\n bad").get(0).message()).contains("line 3");
    }

    @Test
    void aProfileHasWhatItExtendsFieldByField() {
        var policy = policy(
                """
                profiles:
                  base: {images: {allow: ["localhost/*"], digest: true}, root: true}
                  p: {extends: base, images: {digest: false}}
                rules: [{name: all, profile: p}]
                """);

        assertThat(policy.decide(agent(), spec("\"user\": \"0:0\"")).allowed()).isTrue();
    }

    @Test
    void anEmptyProfileAllowsNothing() {
        assertThat(policy("profiles: {p: {}}\n" + RULES)
                        .decide(agent(), spec(""))
                        .allowed())
                .isFalse();
    }
}
