package dev.fleetrunner.secret;

import dev.fleetrunner.contract.SecretValue;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A place where the operator keeps secrets. It is asked anew for each task, so that a secret can be changed any time. */
public interface SecretSource {

    /**
     * The secret of a name, as it is now; empty if this place has none. Never blocks its caller. Fails with
     * {@link Unusable} if there is one that cannot be had.
     *
     * @param name letters, digits and {@code . _ -}, the first of them a letter or a digit
     */
    Uni<Optional<SecretValue>> find(String name);
}
