package dev.fleetrunner.pipeline.admission;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Holds new work back while the disk is nearly full, so that what runs can be brought to its end. It takes hold below the
 * minimum and lets go somewhat above it. It only knows what it saw when it last {@link #look looked}; asking it costs
 * nothing.
 */
public final class DiskBrake {
    private static final Logger LOG = Logger.getLogger(DiskBrake.class);
    private static final Duration COME_BACK = Duration.ofSeconds(30);
    /** What part of the minimum must be free besides before it lets go. */
    private static final int SLACK = 20;

    private static final long MI = 1 << 20;

    private final FreeSpace space;
    private final long minFree;
    private final Executor worker;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final List<Consumer<Boolean>> changed = new CopyOnWriteArrayList<>();
    private volatile boolean holds;
    private volatile boolean blind;
    private volatile OptionalLong free = OptionalLong.empty();

    /** Tells how many bytes may still be written; may block. */
    public interface FreeSpace {
        long bytes() throws IOException;
    }

    /**
     * @param minFree in bytes; 0 for a brake that never takes hold
     * @param worker where it looks
     */
    public DiskBrake(FreeSpace space, long minFree, Executor worker) {
        this.space = space;
        this.minFree = minFree;
        this.worker = worker;
    }

    /** Looks how much is free, unless that is being done. What cannot be found out leaves everything as it is. */
    public Uni<Void> look() {
        return Uni.createFrom()
                .<Void>item(() -> {
                    if (looking.compareAndSet(false, true)) {
                        try {
                            judge(space.bytes());
                        } catch (IOException failure) {
                            tellBlind(failure);
                        } finally {
                            looking.set(false);
                        }
                    }
                    return null;
                })
                .runSubscriptionOn(worker);
    }

    private void judge(long bytes) {
        blind = false;
        free = OptionalLong.of(bytes);
        boolean low = bytes < (holds ? minFree + minFree / SLACK : minFree) && minFree > 0;
        if (low != holds) {
            holds = low;
            if (low) {
                LOG.warnf("%s; new work is refused until there is room", words(bytes));
            } else {
                LOG.infof("%d MiB are free where data is kept; new work is taken again", bytes / MI);
            }
            changed.forEach(listener -> listener.accept(low));
        }
    }

    private void tellBlind(IOException failure) {
        if (!blind) {
            blind = true;
            LOG.warnf("how much is free where data is kept cannot be found out: %s", failure.getMessage());
        }
    }

    private String words(long bytes) {
        return "only " + bytes / MI + " MiB are free where data is kept, less than fleet.storage.min-free ("
                + minFree / MI + " MiB)";
    }

    /** Why new work cannot be taken now; empty if it can. */
    public Optional<Refusal> refusal() {
        return holds
                ? Optional.of(Refusal.later(CauseCode.STORAGE_FULL.because(words(free.orElse(0))), COME_BACK))
                : Optional.empty();
    }

    /** Fails with the {@link #refusal} if there is one; for everything that writes much. */
    public Uni<Void> admit() {
        return Uni.createFrom()
                .deferred(() ->
                        refusal().<Uni<Void>>map(Uni.createFrom()::failure).orElseGet(Uni.createFrom()::voidItem));
    }

    /** Whether it holds. */
    public boolean holds() {
        return holds;
    }

    /** Bytes that were free when it last looked; empty if it never could. */
    public OptionalLong freeBytes() {
        return free;
    }

    /** Below how many bytes it takes hold; 0 for never. */
    public long minFreeBytes() {
        return minFree;
    }

    /** Tells from now on, on the thread that looks, when it takes hold (true) or lets go. */
    public void whenChanged(Consumer<Boolean> listener) {
        changed.add(listener);
    }
}
