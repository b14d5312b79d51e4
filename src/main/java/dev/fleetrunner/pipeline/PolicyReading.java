package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.policy.PolicyInForce;

/** The use case of the policy as a whole; what it says of one spec tells {@link Tasks#explain}. */
public final class PolicyReading {
    private final PolicyInForce policy;
    private final Access access;

    /** @param audit is told who was refused */
    public PolicyReading(PolicyInForce policy, Audit audit) {
        this.policy = policy;
        this.access = new Access(audit);
    }

    /** What is in force. It names hosts, directories and secrets, so agents and viewers are refused. */
    public PolicyInForce.State get(Caller caller) {
        access.toChangeAll(caller, "read the policy");
        return policy.now();
    }
}
