package dev.fleetrunner.json;

import dev.fleetrunner.contract.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Collects the faults of one document, so that its author learns of all of them at once. */
public final class Faults {
    /** Beyond this nobody reads on, and a hostile document must not make a huge answer. */
    static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();
    private final Document document;
    private int unsaid;

    /** Whose document it is. */
    private enum Document {
        SPEC,
        STORED,
        OTHER
    }

    private Faults(Document document) {
        this.document = document;
    }

    /** For specs of callers. */
    static Faults strict() {
        return new Faults(Document.SPEC);
    }

    /** For documents that are no specs. */
    public static Faults ofOther() {
        return new Faults(Document.OTHER);
    }

    /** For documents that the service wrote itself, perhaps in another version: fields not known are passed over. */
    static Faults tolerant() {
        return new Faults(Document.STORED);
    }

    /** Notes one. */
    public void add(Pointer at, String message, String remedy) {
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
        return document == Document.STORED;
    }

    /** What an unknown field may have been meant to be; only in a spec it may belong elsewhere. */
    String suggestion(String name, Pointer object, Collection<String> siblings) {
        return document == Document.OTHER
                ? Suggestion.among(name, object, siblings)
                : Suggestion.forUnknown(name, object, siblings);
    }

    /** Whether there are none. */
    public boolean none() {
        return faults.isEmpty();
    }

    /** All of them. */
    public List<Fault> list() {
        List<Fault> all = new ArrayList<>(faults);
        if (unsaid > 0) {
            all.add(new Fault("", unsaid + " more faults are not listed", "mend these first, then send it again"));
        }
        return all;
    }
}
