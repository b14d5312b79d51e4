package dev.fleetrunner.pipeline.admission;

import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/** Finds in a valid spec what the contract has and this version of the service has not. */
final class Unsupported {
    private final List<Fault> faults = new ArrayList<>();

    private Unsupported() {}

    static List<Fault> in(TaskSpec spec) {
        var unsupported = new Unsupported();
        unsupported.look(spec);
        return unsupported.faults;
    }

    private void look(TaskSpec spec) {
        if (!spec.context().hydrationRefs().isEmpty()) {
            add("/context/hydration_refs", "hydration", "leave them out");
        }
    }

    private void add(String pointer, String what, String remedy) {
        faults.add(new Fault(pointer, what + " " + (what.endsWith("s") ? "are" : "is") + " not supported", remedy));
    }
}
