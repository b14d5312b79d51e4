package dev.fleetrunner.crash;

/** A moment in a task's life at which its runner dies. */
enum KillPoint {
    NONE,
    SUBMITTED,
    BEFORE_PREPARING,
    PREPARING,
    IMAGE_THERE,
    CONTAINER_MADE,
    BEFORE_START,
    STARTED_AT_THE_ENGINE,
    STARTED,
    AMID_OUTPUT,
    OUTPUT_ENDED,
    BEFORE_COLLECTING,
    COLLECTING,
    AMID_ARTIFACTS,
    LOG_SEALED,
    FINISHED,
    BEFORE_REMOVAL,
    REMOVED
}
