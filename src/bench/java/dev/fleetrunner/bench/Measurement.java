package dev.fleetrunner.bench;

import java.util.List;

/** One thing that is measured. */
interface Measurement {

    /** What it is about, as a heading. */
    String title();

    /** How it is measured and what the figure holds, for the document. */
    String method();

    /** Whether it is measured on each engine; if not, on the first alone. */
    default boolean onEachEngine() {
        return true;
    }

    /** Measures; whatever it starts is gone afterwards. */
    List<Row> measure(Stage stage, Engine engine) throws Exception;
}
