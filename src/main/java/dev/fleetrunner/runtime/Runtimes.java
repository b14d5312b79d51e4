package dev.fleetrunner.runtime;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.TaskSpec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The runtimes of this service: finds them, remembers how they are, chooses one for a task. */
public final class Runtimes {
    private static final Logger LOG = Logger.getLogger(Runtimes.class);

    private final Supplier<Uni<List<ContainerRuntime>>> discovery;
    private final Set<String> ownEngines;
    private final Map<String, ContainerRuntime> known = new ConcurrentHashMap<>();
    private final Map<String, RuntimeStatus> statuses = new ConcurrentHashMap<>();
    private volatile List<String> order = List.of();
    private volatile boolean looked;
    private CompletableFuture<Map<String, RuntimeStatus>> looking;

    /**
     * @param discovery finds runtimes, the preferred one first; asked again until it finds any. It gives the same object
     *     for the same runtime.
     */
    public Runtimes(Supplier<Uni<List<ContainerRuntime>>> discovery) {
        this(discovery, Set.of());
    }

    /**
     * @param discovery finds runtimes, the preferred one first; asked again until it finds any. It gives the same object
     *     for the same runtime. One that is there for a wall alone has the wall's name behind a dash at its name's end.
     * @param ownEngines walls that have an engine of their own, whether it was found yet or not
     */
    public Runtimes(Supplier<Uni<List<ContainerRuntime>>> discovery, Set<String> ownEngines) {
        this.discovery = discovery;
        this.ownEngines = Set.copyOf(ownEngines);
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
                .invoke(() -> looked = true)
                .map(done -> statuses());
    }

    /** Completes as soon as it has been looked for runtimes once, however long ago. Never fails. */
    public Uni<Void> looked() {
        return Uni.createFrom()
                .deferred(() -> looked ? Uni.createFrom().voidItem() : refresh().replaceWithVoid());
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

    /** Chooses for a task whatever its grant. */
    public Uni<Choice> choose(String wanted, String isolation) {
        return choose(wanted, isolation, Grant.NOTHING);
    }

    /**
     * Chooses for a task. Fails with {@code NOT_SUPPORTED} for a runtime that this service does not have, one that the grant
     * does not allow or a wall that none of them gives, and with {@code ENGINE_UNAVAILABLE} if there is none that answers.
     *
     * @param wanted {@code auto} or a name; an engine's name stands for its service with the wall, too
     * @param isolation the wall
     */
    public Uni<Choice> choose(String wanted, String isolation, Grant grant) {
        var wish = new Wish(wanted, isolation, grant);
        Optional<Choice> now = chooseUp(wish);
        return now.isPresent()
                ? Uni.createFrom().item(now.get())
                : refresh().map(fresh -> chooseUp(wish).orElseThrow(() -> none(wish)));
    }

    /** What a task asks for and may have. */
    private record Wish(String runtime, String isolation, Grant grant) {
        boolean auto() {
            return runtime.equals(TaskSpec.AUTO);
        }

        /** What the name of a runtime ends with that is there for the wall alone. */
        String end() {
            return "-" + isolation;
        }

        boolean allows(String name) {
            String engine = name.endsWith(end()) ? name.substring(0, name.length() - end().length()) : name;
            return grant.allowsRuntime(engine, name);
        }

        boolean means(String name) {
            return (auto() || name.equals(runtime) || name.equals(runtime + end())) && allows(name);
        }
    }

    private Optional<Choice> chooseUp(Wish wish) {
        String reason = wish.auto() ? "the first in the service's order that answers" : "named in the spec";
        return meant(wish)
                .filter(name -> statuses.get(name) instanceof RuntimeStatus.Up up
                        && up.isolations().contains(wish.isolation()))
                .findFirst()
                .map(name -> new Choice(
                        known.get(name),
                        wish.isolation().equals(TaskSpec.DEFAULT_ISOLATION)
                                ? reason
                                : reason + ", with isolation " + wish.isolation()));
    }

    private Stream<String> meant(Wish wish) {
        return order.stream().filter(wish::means);
    }

    /** Whether the wall's own engine has not answered since the start. */
    private boolean isAwaited(Wish wish) {
        return ownEngines.contains(wish.isolation())
                && (wish.auto()
                        || known.containsKey(wish.runtime())
                        || wish.runtime().endsWith(wish.end()))
                && order.stream().noneMatch(name -> name.endsWith(wish.end()));
    }

    private RuntimeFailure none(Wish wish) {
        if (isAwaited(wish)) {
            return new RuntimeFailure(
                    CauseCode.ENGINE_UNAVAILABLE, "the engine for isolation " + wish.isolation() + " does not answer");
        }
        List<String> meant = meant(wish).toList();
        if (!meant.isEmpty() && meant.stream().allMatch(name -> statuses.get(name) instanceof RuntimeStatus.Up)) {
            return new RuntimeFailure(
                    CauseCode.NOT_SUPPORTED,
                    "isolation " + wish.isolation() + " is not given here: "
                            + meant.stream().map(this::given).collect(Collectors.joining(", "))
                            + "; docs/isolation.md tells how to set it up");
        }
        if (meant.isEmpty() && order.stream().anyMatch(name -> !wish.allows(name))) {
            return new RuntimeFailure(
                    CauseCode.NOT_SUPPORTED,
                    "rule " + wish.grant().rule() + " of the policy allows the runtimes "
                            + String.join(", ", wish.grant().runtimes()) + "; this service has "
                            + String.join(", ", order));
        }
        if (meant.isEmpty() && !wish.auto()) {
            return new RuntimeFailure(
                    CauseCode.NOT_SUPPORTED,
                    "runtime " + wish.runtime() + " is not to be found; this service has "
                            + (order.isEmpty() ? "none" : String.join(", ", order)));
        }
        List<String> reasons = new ArrayList<>();
        meant.forEach(name -> {
            if (statuses.get(name) instanceof RuntimeStatus.Down down) {
                reasons.add(name + ": " + down.reason());
            }
        });
        return new RuntimeFailure(
                CauseCode.ENGINE_UNAVAILABLE,
                reasons.isEmpty() ? "no container engine was found" : String.join("; ", reasons));
    }

    private String given(String name) {
        return statuses.get(name) instanceof RuntimeStatus.Up up
                ? name + " gives " + String.join(" and ", new TreeSet<>(up.isolations()))
                : name + " is down";
    }
}
