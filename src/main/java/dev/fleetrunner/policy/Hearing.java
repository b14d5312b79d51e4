package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/** One spec before one rule: collects what is denied and what is changed. */
final class Hearing {
    private final Rule rule;
    private final List<Fault> denials = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private TaskSpec spec;

    Hearing(Rule rule, TaskSpec spec) {
        this.rule = rule;
        this.spec = spec;
    }

    Rule rule() {
        return rule;
    }

    Profile profile() {
        return rule.profile();
    }

    /** The spec as changed so far. */
    TaskSpec spec() {
        return spec;
    }

    /**
     * Notes what may not be.
     *
     * @param what the sentence's end: "network.mode open"
     * @param allowed what is allowed instead: "network.modes: none"
     */
    void deny(String pointer, String what, String allowed) {
        denials.add(new Fault(
                pointer,
                what + " is denied by rule " + rule.name() + " of the policy",
                "profile " + profile().name() + " allows " + allowed + "; ask for that, or ask the operator"));
    }

    /** Changes the spec; where it is not named by the caller, this is no denial. */
    void change(String pointer, String from, String to, String reason, TaskSpec changed) {
        spec = changed;
        changes.add(new Change(pointer, from, to, reason + ", rule " + rule.name()));
    }

    List<Fault> denials() {
        return denials;
    }

    List<Change> changes() {
        return changes;
    }
}
