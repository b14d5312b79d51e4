package dev.fleetrunner.store.sqlite;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Who wants to know that something was appended: to any task, or to one. */
final class Followers implements AutoCloseable {
    private final Set<Follower> ofAll = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Set<Follower>> ofTask = new ConcurrentHashMap<>();

    /** @param taskId null for all tasks */
    void add(String taskId, Follower follower) {
        if (taskId == null) {
            ofAll.add(follower);
        } else {
            ofTask.compute(taskId, (id, some) -> {
                Set<Follower> followers = some == null ? ConcurrentHashMap.newKeySet() : some;
                followers.add(follower);
                return followers;
            });
        }
    }

    void remove(String taskId, Follower follower) {
        if (taskId == null) {
            ofAll.remove(follower);
        } else {
            ofTask.computeIfPresent(taskId, (id, followers) -> {
                followers.remove(follower);
                return followers.isEmpty() ? null : followers;
            });
        }
    }

    /** Something was appended to this task. Cheap: whoever has been woken and not looked yet is left alone. */
    void wake(String taskId) {
        ofAll.forEach(Follower::wake);
        ofTask.getOrDefault(taskId, Set.of()).forEach(Follower::wake);
    }

    /** How many follow; for tests that look for leaks. */
    int count() {
        return ofAll.size() + ofTask.values().stream().mapToInt(Set::size).sum();
    }

    /** Ends all streams with a failure. */
    @Override
    public void close() {
        Consumer<Follower> end = follower -> follower.fail(Failures.closed());
        ofAll.forEach(end);
        ofTask.values().forEach(followers -> followers.forEach(end));
    }
}
