package dev.fleetrunner.json;

import dev.fleetrunner.contract.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the faults of one document, so that its author learns of all of them at once. */
final class Faults {
    /** Beyond this nobody reads on, and a hostile document must not make a huge answer. */
    static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();
    private final boolean unknownAllowed;
    private int unsaid;

    private Faults(boolean unknownAllowed) {
        this.unknownAllowed = unknownAllowed;
    }

    /** For documents of callers. */
    static Faults strict() {
        return new Faults(false);
    }

    /** For documents that the service wrote itself, perhaps in another version: fields not known are passed over. */
    static Faults tolerant() {
        return new Faults(true);
    }

    void add(Pointer at, String message, String remedy) {
        add(at, message, () -> remedy);
    }

    /** For a remedy that takes thought: it is only asked for while somebody may read it. */
    void add(Pointer at, String message, Supplier<String> remedy) {
        if (faults.size() < MOST) {
            faults.add(new Fault(at.text(), Unicode.mend(message), Unicode.mend(remedy.get())));
        } else {
            unsaid++;
        }
    }

    boolean unknownAllowed() {
        return unknownAllowed;
    }

    boolean none() {
        return faults.isEmpty();
    }

    /** All of them. */
    List<Fault> list() {
        List<Fault> all = new ArrayList<>(faults);
        if (unsaid > 0) {
            all.add(new Fault("", unsaid + " more faults are not listed", "mend these first, then send it again"));
        }
        return all;
    }
}
