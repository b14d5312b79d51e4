package dev.fleetrunner.json;

import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.TaskSpec;
import java.util.List;

/** What came of reading a document: a spec, or everything that is wrong with it. */
public sealed interface Read {

    /**
     * A spec that keeps every rule of the contract; policy may still deny it.
     *
     * @param spec with all defaults but the image's, which is null where the document names none
     */
    record Ok(TaskSpec spec) implements Read {}

    /**
     * A document that breaks the contract.
     *
     * @param faults in the document's order by section, at least one; beyond 100 a last one only tells how many more
     *     there are
     */
    record Faulty(List<Fault> faults) implements Read {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}
