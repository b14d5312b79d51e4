package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.StoreUnavailable;

/** What a caller is told when the store does not take a write. */
final class StoreTrouble {
    private StoreTrouble() {}

    /** The refusal that fits a failure of the store; any other failure as it is. */
    static Throwable refusal(Throwable failure) {
        if (failure instanceof Journal.Fenced) {
            return Refusal.of(CauseCode.INTERNAL.because("this runner has a successor: " + failure.getMessage()));
        }
        if (!(failure instanceof StoreUnavailable trouble)) {
            return failure;
        }
        return switch (trouble.reason()) {
            case OVERLOADED -> Refusal.later(CauseCode.QUEUE_FULL.because(trouble.getMessage()), Refusal.SOON);
            case STORAGE_FULL -> Refusal.later(CauseCode.STORAGE_FULL.because(trouble.getMessage()), Refusal.SOON);
            case IO, CLOSED -> Refusal.of(CauseCode.INTERNAL.because(trouble.getMessage()));
        };
    }
}
