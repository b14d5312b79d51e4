package dev.fleetrunner.runtime;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskSpec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The runtimes of this service: finds them, remembers how they are, chooses one for a task. */
public final class Runtimes {
    private static final Logger LOG = Logger.getLogger(Runtimes.class);

    private final Supplier<Uni<List<ContainerRuntime>>> discovery;
    private final Map<String, ContainerRuntime> known = new ConcurrentHashMap<>();
    private final Map<String, RuntimeStatus> statuses = new ConcurrentHashMap<>();
    private volatile List<String> order = List.of();
    private CompletableFuture<Map<String, RuntimeStatus>> looking;

    /**
     * @param discovery finds runtimes, the preferred one first; asked again until it finds any. It gives the same object
     *     for the same runtime.
     */
    public Runtimes(Supplier<Uni<List<ContainerRuntime>>> discovery) {
        this.discovery = discovery;
    }

    /**
     * A runtime and why it was chosen.
     *
     * @param reason in words, for the result
     */
    public record Choice(ContainerRuntime runtime, String reason) {}

    /**
     * Looks for runtimes and asks each how it is, in the order of preference. Who asks while it looks shares what it
     * finds. Never fails.
     */
    public Uni<Map<String, RuntimeStatus>> refresh() {
        return Uni.createFrom().deferred(this::shared);
    }

    private synchronized Uni<Map<String, RuntimeStatus>> shared() {
        if (looking == null || looking.isDone()) {
            looking = look().subscribeAsCompletionStage();
        }
        return Begun.told(looking);
    }

    private Uni<Map<String, RuntimeStatus>> look() {
        return Uni.createFrom()
                .deferred(() -> discovery.get())
                .onFailure()
                .invoke(failure -> LOG.warnf(failure, "runtimes cannot be looked for"))
                .onFailure()
                .recoverWithItem(List.of())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(remember(found)))
                .onItem()
                .transformToUniAndMerge(this::ask)
                .collect()
                .asList()
                .map(done -> statuses());
    }

    private Uni<RuntimeStatus> ask(ContainerRuntime runtime) {
        return runtime.probe()
                .onFailure()
                .recoverWithItem(failure -> new RuntimeStatus.Down(String.valueOf(failure.getMessage())))
                .invoke(status -> statuses.put(runtime.name(), status));
    }

    /** Takes a runtime for down that has just failed a task, so that it is asked before the next one is given to it. */
    public void doubt(String name, String reason) {
        statuses.put(name, new RuntimeStatus.Down(reason));
    }

    private synchronized List<ContainerRuntime> remember(List<ContainerRuntime> found) {
        found.forEach(runtime -> known.put(runtime.name(), runtime));
        List<String> names =
                new ArrayList<>(found.stream().map(ContainerRuntime::name).toList());
        order.stream().filter(name -> !names.contains(name)).forEach(names::add);
        order = List.copyOf(names);
        return order.stream().map(known::get).toList();
    }

    /** How each known runtime was when last asked, in the order of preference. */
    public Map<String, RuntimeStatus> statuses() {
        Map<String, RuntimeStatus> result = new LinkedHashMap<>();
        for (String name : order) {
            result.put(name, statuses.getOrDefault(name, new RuntimeStatus.Down("not asked yet")));
        }
        return result;
    }

    /** All known runtimes. */
    public List<ContainerRuntime> all() {
        return order.stream().map(known::get).toList();
    }

    /** A known runtime by name. */
    public Optional<ContainerRuntime> byName(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /**
     * Chooses for a task. Fails with {@code NOT_SUPPORTED} for a runtime that this service does not have, and with
     * {@code ENGINE_UNAVAILABLE} if there is none that answers.
     *
     * @param wanted {@code auto} or a name
     */
    public Uni<Choice> choose(String wanted) {
        Optional<Choice> now = chooseUp(wanted);
        return now.isPresent()
                ? Uni.createFrom().item(now.get())
                : refresh().map(fresh -> chooseUp(wanted).orElseThrow(() -> none(wanted)));
    }

    private Optional<Choice> chooseUp(String wanted) {
        boolean any = wanted.equals(TaskSpec.AUTO);
        return order.stream()
                .filter(name -> any || name.equals(wanted))
                .filter(name -> statuses.get(name) instanceof RuntimeStatus.Up)
                .findFirst()
                .map(name -> new Choice(
                        known.get(name), any ? "the first in the service's order that answers" : "named in the spec"));
    }

    private RuntimeFailure none(String wanted) {
        if (!wanted.equals(TaskSpec.AUTO) && !known.containsKey(wanted)) {
            return new RuntimeFailure(
                    CauseCode.NOT_SUPPORTED,
                    "runtime " + wanted + " is not to be found; this service has "
                            + (order.isEmpty() ? "none" : String.join(", ", order)));
        }
        List<String> reasons = new ArrayList<>();
        statuses().forEach((name, status) -> {
            boolean asked = wanted.equals(TaskSpec.AUTO) || name.equals(wanted);
            if (asked && status instanceof RuntimeStatus.Down down) {
                reasons.add(name + ": " + down.reason());
            }
        });
        return new RuntimeFailure(
                CauseCode.ENGINE_UNAVAILABLE,
                reasons.isEmpty() ? "no container engine was found" : String.join("; ", reasons));
    }
}
