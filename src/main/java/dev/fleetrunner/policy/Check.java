package dev.fleetrunner.policy;

/** Holds one part of a spec to a profile. */
@FunctionalInterface
interface Check {
    void look(Hearing hearing);
}
