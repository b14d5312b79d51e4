package dev.fleetrunner.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The same again within a minute is counted and told once, when the minute is over: a reader that connects anew each
 * second, or somebody who tries tokens, fills no disk. What of one caller differs too much to be counted one by one is counted together, so that nobody's
 * acts hide another's; of strangers sooner, as one of them may come from very many addresses.
 */
final class Repeats {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final int most;
    private final int mostStrangers;
    private final Map<Act, Counted> open = new HashMap<>();
    private final Map<String, Integer> ofCaller = new HashMap<>();

    private static final class Counted {
        final Instant since;
        long more;

        Counted(Instant since) {
            this.since = since;
        }
    }

    /**
     * @param most how many different ones of a caller are told apart at a time
     * @param mostStrangers how many of all who have no role
     */
    Repeats(int most, int mostStrangers) {
        this.most = most;
        this.mostStrangers = mostStrangers;
    }

    /** What is to be written now that this was done: nothing if it was counted. */
    synchronized List<Act> take(Act act, Instant now) {
        List<Act> write = new ArrayList<>();
        Act same = sameAs(act);
        Counted counted = open.get(same);
        if (counted != null && isOver(counted, now)) {
            close(same, write);
            counted = null;
        }
        if (counted != null) {
            counted.more++;
        } else {
            open.put(same, new Counted(now));
            ofCaller.merge(caller(same), 1, Integer::sum);
            write.add(same.detail().isEmpty() ? act : same);
        }
        return write;
    }

    /** What was counted in the minutes that are over. */
    synchronized List<Act> due(Instant now) {
        List<Act> write = new ArrayList<>();
        List.copyOf(open.entrySet()).stream()
                .filter(entry -> isOver(entry.getValue(), now))
                .forEach(entry -> close(entry.getKey(), write));
        return write;
    }

    /** All that was counted. */
    synchronized List<Act> all() {
        List<Act> write = new ArrayList<>();
        List.copyOf(open.keySet()).forEach(same -> close(same, write));
        return write;
    }

    private Act sameAs(Act act) {
        var same = new Act(
                act.who(), act.role(), act.from(), act.action(), act.target(), act.outcome(), act.rule(), Map.of());
        int room = same.isOfStranger() ? mostStrangers : most;
        if (open.containsKey(same) || ofCaller.getOrDefault(caller(same), 0) < room) {
            return same;
        }
        return same.isOfStranger()
                ? new Act(null, null, null, act.action(), null, act.outcome(), null, Map.of("who", "several"))
                : new Act(
                        act.who(),
                        act.role(),
                        null,
                        act.action(),
                        null,
                        act.outcome(),
                        act.rule(),
                        Map.of("target", "several"));
    }

    private static String caller(Act act) {
        return act.isOfStranger() ? "" : act.who();
    }

    private static boolean isOver(Counted counted, Instant now) {
        // A clock that was set back must not keep it open for hours.
        return Duration.between(counted.since, now).abs().compareTo(WINDOW) >= 0;
    }

    private void close(Act same, List<Act> write) {
        Counted counted = open.remove(same);
        ofCaller.computeIfPresent(caller(same), (who, count) -> count == 1 ? null : count - 1);
        if (counted.more > 0) {
            write.add(same.with("repeats", Long.toString(counted.more)).with("since", counted.since.toString()));
        }
    }
}
