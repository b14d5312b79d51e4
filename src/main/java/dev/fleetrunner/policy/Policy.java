package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Glob;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.TaskSpec;
import java.nio.file.Path;
import java.util.List;

/** Who may ask for what. The first rule that fits a caller and a spec decides; where none fits, nothing is allowed. */
public final class Policy {
    /** An engine's socket is no bind any more when binds are looked at. */
    private static final List<Check> CHECKS = List.of(
            new ImageCheck(),
            new EngineCheck(),
            new BindCheck(),
            new NetworkCheck(),
            new UserCheck(),
            new LimitCheck(),
            new RuntimeCheck(),
            new SecretCheck());

    private final List<Rule> rules;

    Policy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** What becomes of a spec whose image is filled in. Looks at nothing but the two. */
    public Decision decide(Caller caller, TaskSpec spec) {
        return rules.stream()
                .filter(rule -> rule.fits(caller, spec))
                .findFirst()
                .map(rule -> decide(rule, caller, spec))
                .orElseGet(() -> nobody(caller, spec));
    }

    private static Decision decide(Rule rule, Caller caller, TaskSpec spec) {
        var hearing = new Hearing(rule, spec);
        CHECKS.forEach(check -> check.look(hearing));
        Profile profile = rule.profile();
        Grant grant = new Grant(
                rule.name(),
                profile.binds().roots().stream().map(Path::toString).toList(),
                profile.images().pull(),
                profile.capabilities(),
                profile.share().and(caller.share()),
                profile.images().rule(),
                profile.runtimes().stream().map(Glob::text).toList());
        return new Decision(
                rule.name(),
                profile.name(),
                hearing.denials(),
                hearing.changes(),
                hearing.spec(),
                hearing.denials().isEmpty() ? grant : null);
    }

    private static Decision nobody(Caller caller, TaskSpec spec) {
        var fault = new Fault(
                "",
                "no rule of the policy is for " + caller.name() + " ("
                        + caller.role().word() + ") with these labels",
                "ask the operator for a rule that fits");
        return new Decision(null, null, List.of(fault), List.of(), spec, null);
    }
}
