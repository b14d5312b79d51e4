package dev.fleetrunner.json;

/** A place in a document, as a JSON pointer (RFC 6901). */
record Pointer(String text) {
    static final Pointer ROOT = new Pointer("");

    /** A field of the object here. */
    Pointer child(String name) {
        return new Pointer(text + "/" + Unicode.mend(name).replace("~", "~0").replace("/", "~1"));
    }

    /** An entry of the array here. */
    Pointer child(int index) {
        return new Pointer(text + "/" + index);
    }
}
