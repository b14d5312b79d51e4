package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Limit;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Timeouts;
import dev.fleetrunner.json.Quantity;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** Limits: what the caller names may not be above the ceiling; what is there by default is lowered to it. */
final class LimitCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        Ceiling most = hearing.profile().limits();
        TaskSpec spec = hearing.spec();
        Resources asked = spec.resources();
        Timeouts times = spec.timeouts();
        new Held("/resources/cpu", asked.cpuMillis(), most.cpuMillis(), Quantity::cpusWritten)
                .hold(
                        hearing,
                        spec.named().contains(Limit.CPUS),
                        resources(now -> now.withCpuMillis(most.cpuMillis())));
        new Held("/resources/memory", asked.memoryBytes(), most.memoryBytes(), Quantity::written)
                .hold(
                        hearing,
                        spec.named().contains(Limit.MEMORY),
                        resources(now -> now.withMemoryBytes(most.memoryBytes())));
        new Held("/resources/pids", (long) asked.pids(), wide(most.pids()), Long::toString)
                .hold(hearing, spec.named().contains(Limit.PIDS), resources(now -> now.withPids(most.pids())));
        new Held("/resources/disk", asked.diskBytes(), most.diskBytes(), Quantity::written)
                .hold(
                        hearing,
                        spec.named().contains(Limit.DISK),
                        resources(now -> now.withDiskBytes(most.diskBytes())));
        // Times have defaults that nobody needs to have asked for.
        new Held("/timeouts/overallSec", (long) times.overallSec(), wide(most.overallSec()), LimitCheck::seconds)
                .hold(
                        hearing,
                        times.overallSec() != Timeouts.DEFAULT.overallSec(),
                        times(now -> now.withOverallSec(most.overallSec())));
        new Held("/timeouts/graceSec", (long) times.graceSec(), wide(most.graceSec()), LimitCheck::seconds)
                .hold(
                        hearing,
                        times.graceSec() != Timeouts.DEFAULT.graceSec(),
                        times(now -> now.withGraceSec(most.graceSec())));
    }

    private static UnaryOperator<TaskSpec> resources(UnaryOperator<Resources> change) {
        return spec -> spec.withLimits(change.apply(spec.resources()), spec.timeouts());
    }

    private static UnaryOperator<TaskSpec> times(UnaryOperator<Timeouts> change) {
        return spec -> spec.withLimits(spec.resources(), change.apply(spec.timeouts()));
    }

    private static Long wide(Integer number) {
        return number == null ? null : number.longValue();
    }

    private static String seconds(long seconds) {
        return seconds + " s";
    }

    /**
     * One limit.
     *
     * @param asked null for no limit
     * @param most null for any
     */
    private record Held(String pointer, Long asked, Long most, LongFunction<String> words) {

        /** @param named whether the caller has asked for it, so that it is not lowered but denied */
        void hold(Hearing hearing, boolean named, UnaryOperator<TaskSpec> lowered) {
            if (most == null || asked != null && asked <= most) {
                return;
            }
            if (named) {
                String field = pointer.substring(1).replace('/', '.');
                hearing.deny(pointer, field + " " + words.apply(asked), "at most " + words.apply(most));
            } else {
                hearing.change(
                        pointer,
                        asked == null ? null : words.apply(asked),
                        words.apply(most),
                        "the most that is allowed",
                        lowered.apply(hearing.spec()));
            }
        }
    }
}
