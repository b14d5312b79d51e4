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
        Ceiling ceiling = hearing.profile().limits();
        Resources asked = hearing.spec().resources();
        var cpu = new Held("/resources/cpu", Limit.CPUS, asked.cpuMillis(), ceiling.cpuMillis(), Quantity::cpusWritten);
        var memory = new Held(
                "/resources/memory", Limit.MEMORY, asked.memoryBytes(), ceiling.memoryBytes(), Quantity::written);
        var pids = new Held("/resources/pids", Limit.PIDS, (long) asked.pids(), wide(ceiling.pids()), Long::toString);
        var disk = new Held("/resources/disk", Limit.DISK, asked.diskBytes(), ceiling.diskBytes(), Quantity::written);
        cpu.hold(
                hearing,
                now -> resources(
                        now,
                        with -> new Resources(ceiling.cpuMillis(), with.memoryBytes(), with.pids(), with.diskBytes())));
        memory.hold(
                hearing,
                now -> resources(
                        now,
                        with -> new Resources(with.cpuMillis(), ceiling.memoryBytes(), with.pids(), with.diskBytes())));
        pids.hold(
                hearing,
                now -> resources(
                        now,
                        with -> new Resources(with.cpuMillis(), with.memoryBytes(), ceiling.pids(), with.diskBytes())));
        disk.hold(
                hearing,
                now -> resources(
                        now,
                        with -> new Resources(with.cpuMillis(), with.memoryBytes(), with.pids(), ceiling.diskBytes())));
        time(hearing, ceiling.overallSec());
    }

    private static TaskSpec resources(TaskSpec spec, UnaryOperator<Resources> change) {
        return spec.withLimits(change.apply(spec.resources()), spec.timeouts());
    }

    private static Long wide(Integer number) {
        return number == null ? null : number.longValue();
    }

    /** Time has a default that nobody needs to have asked for. */
    private static void time(Hearing hearing, Integer most) {
        Timeouts asked = hearing.spec().timeouts();
        boolean usual = asked.overallSec() == Timeouts.DEFAULT.overallSec();
        var held = new Held(
                "/timeouts/overallSec", null, (long) asked.overallSec(), wide(most), seconds -> seconds + " s");
        if (!usual && held.isAbove()) {
            held.deny(hearing);
        } else {
            held.hold(
                    hearing,
                    now -> now.withLimits(
                            now.resources(), new Timeouts(most, asked.queueSec(), asked.imageSec(), asked.graceSec())));
        }
    }

    /**
     * One limit.
     *
     * @param name by which a spec names it; null if that is not known
     * @param asked null for no limit
     * @param most null for any
     */
    private record Held(String pointer, String name, Long asked, Long most, LongFunction<String> words) {

        boolean isAbove() {
            return most != null && (asked == null || asked > most);
        }

        void hold(Hearing hearing, UnaryOperator<TaskSpec> lowered) {
            if (!isAbove()) {
                return;
            }
            if (name != null && hearing.spec().named().contains(name)) {
                deny(hearing);
            } else {
                hearing.change(
                        pointer,
                        asked == null ? null : words.apply(asked),
                        words.apply(most),
                        "the most that is allowed",
                        lowered.apply(hearing.spec()));
            }
        }

        void deny(Hearing hearing) {
            String field = pointer.substring(1).replace('/', '.');
            hearing.deny(pointer, field + " " + words.apply(asked), "at most " + words.apply(most));
        }
    }
}
