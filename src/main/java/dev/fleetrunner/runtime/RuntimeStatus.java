package dev.fleetrunner.runtime;

import java.util.Set;

/** What a runtime says of itself. */
public sealed interface RuntimeStatus {

    /**
     * It runs tasks.
     *
     * @param version the engine's version
     * @param endpoint where it answers
     * @param unenforced limits that it cannot enforce here, by their names in {@code enforced}
     * @param isolations the walls that specs may ask for here; {@code default} among them unless it is there for a
     *     stronger one alone
     */
    record Up(String version, String endpoint, Set<String> unenforced, Set<String> isolations)
            implements RuntimeStatus {
        public Up {
            unenforced = Set.copyOf(unenforced);
            isolations = Set.copyOf(isolations);
        }
    }

    /** It does not, for a reason. */
    record Down(String reason) implements RuntimeStatus {}
}
