package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.workspace.NoRoom;
import dev.fleetrunner.workspace.RefusedUpload;
import dev.fleetrunner.workspace.UnknownWorkspace;
import java.util.Optional;

/** What a caller is told of a failure, the same at every door. */
public final class Foreseen {
    private Foreseen() {}

    /** The refusal that tells of a failure; empty for one that nobody foresaw. */
    public static Optional<Refusal> refusal(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return Optional.of(refusal);
        }
        if (failure instanceof RuntimeFailure runtime) {
            return Optional.of(Refusal.of(runtime.reason()));
        }
        if (failure instanceof StoreUnavailable store) {
            CauseCode code = store.reason() == StoreUnavailable.Reason.STORAGE_FULL
                    ? CauseCode.STORAGE_FULL
                    : CauseCode.INTERNAL;
            return because(code, store);
        }
        if (failure instanceof RefusedUpload) {
            return because(CauseCode.INVALID_REQUEST, failure);
        }
        if (failure instanceof UnknownWorkspace) {
            return because(CauseCode.NOT_FOUND, failure);
        }
        if (failure instanceof NoRoom) {
            return because(CauseCode.STORAGE_FULL, failure);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> because(CauseCode code, Throwable failure) {
        return Optional.of(Refusal.of(code.because(failure.getMessage())));
    }
}
