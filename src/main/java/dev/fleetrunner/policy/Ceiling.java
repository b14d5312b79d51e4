package dev.fleetrunner.policy;

/**
 * The most that a task may ask for; each is null for as much as the contract takes.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes memory
 * @param pids processes and threads
 * @param diskBytes what it may write
 * @param overallSec run time
 * @param graceSec between TERM and KILL, on top of the run time
 */
record Ceiling(Long cpuMillis, Long memoryBytes, Integer pids, Long diskBytes, Integer overallSec, Integer graceSec) {}
