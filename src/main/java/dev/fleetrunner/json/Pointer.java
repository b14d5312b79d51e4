package dev.fleetrunner.json;

/** A place in a document, as a JSON pointer (RFC 6901). */
public record Pointer(String text) {
    /** The whole document. */
    public static final Pointer ROOT = new Pointer("");

    /** The pointer through fields of these names. */
    public static String of(String... names) {
        Pointer at = ROOT;
        for (String name : names) {
            at = at.child(name);
        }
        return at.text();
    }

    /** A field of the object here. */
    public Pointer child(String name) {
        return new Pointer(text + "/" + Unicode.mend(name).replace("~", "~0").replace("/", "~1"));
    }

    /** An entry of the array here. */
    public Pointer child(int index) {
        return new Pointer(text + "/" + index);
    }
}
