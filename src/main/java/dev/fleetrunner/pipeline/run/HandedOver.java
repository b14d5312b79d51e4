package dev.fleetrunner.pipeline.run;

/** This runner stops while the task runs on; the next one takes it over. */
final class HandedOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HandedOver() {
        super("handed over to the next start", null, false, false);
    }
}
