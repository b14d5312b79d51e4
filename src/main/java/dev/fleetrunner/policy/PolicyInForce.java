package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Fault;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jboss.logging.Logger;

/**
 * The policy in force: that of the operator's file, which is looked at again and again, or the shipped one. A file that
 * cannot be used keeps the service from starting; later it changes nothing, and the faults are told until it is mended.
 */
public final class PolicyInForce {
    /** Where the shipped policy is on the class path. */
    public static final String SHIPPED = "/policy/default.yaml";

    private static final Logger LOG = Logger.getLogger(PolicyInForce.class);

    private final Path file;
    private final PolicyReader reader;
    private final Clock clock;
    private final Executor worker;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final List<Consumer<State>> changed = new CopyOnWriteArrayList<>();
    private byte[] seen;
    private volatile State state;

    /**
     * What holds, and what does not.
     *
     * @param policy that decides
     * @param source the file, or {@link #SHIPPED}
     * @param text as written
     * @param digest SHA-256 of the text, in hexadecimal
     * @param since when it came into force
     * @param faults of what the file says by now; empty while that is what is in force
     * @param refused SHA-256 of a file with faults; null while there is none
     */
    public record State(
            Policy policy,
            String source,
            String text,
            String digest,
            Instant since,
            List<Fault> faults,
            String refused) {}

    private PolicyInForce(Path file, PolicyReader reader, Clock clock, Executor worker) {
        this.file = file;
        this.reader = reader;
        this.clock = clock;
        this.worker = worker;
    }

    /**
     * Reads the policy; blocks.
     *
     * @param file the operator's, or null for the shipped one
     * @param worker where the file is looked at later
     * @throws IllegalStateException if it cannot be read or has faults; the message tells all of them
     */
    public static PolicyInForce open(Path file, PolicyReader reader, Clock clock, Executor worker) {
        var policy = new PolicyInForce(file, reader, clock, worker);
        policy.take(policy.bytes());
        return policy;
    }

    /** What is in force now. */
    public State now() {
        return state;
    }

    /** Tells from now on, on the worker, when another policy came into force, or a file that cannot be used was found. */
    public void whenChanged(Consumer<State> listener) {
        changed.add(listener);
    }

    /** Looks whether the file has changed, unless that is being done; never fails. */
    public Uni<Void> look() {
        return Uni.createFrom()
                .<Void>item(() -> {
                    if (file != null && looking.compareAndSet(false, true)) {
                        try {
                            lookAtFile();
                        } finally {
                            looking.set(false);
                        }
                    }
                    return null;
                })
                .runSubscriptionOn(worker);
    }

    private void lookAtFile() {
        byte[] now;
        try {
            now = Files.readAllBytes(file);
        } catch (IOException gone) {
            now = null;
        }
        if (!Arrays.equals(now, seen)) {
            seen = now;
            if (now == null) {
                keep(List.of(new Fault("", "the file cannot be read", "put it back, or start without it")), null);
            } else {
                take(now);
            }
            changed.forEach(listener -> listener.accept(state));
        }
    }

    private void take(byte[] yaml) {
        seen = yaml;
        PolicyReader.Read read = reader.read(yaml);
        if (read instanceof PolicyReader.Read.Ok ok) {
            String text = new String(yaml, StandardCharsets.UTF_8);
            state = new State(
                    ok.policy(), source(), text, DigestUtils.sha256Hex(yaml), clock.instant(), List.of(), null);
            LOG.infof("the policy is that of %s", source());
        } else {
            keep(((PolicyReader.Read.Faulty) read).faults(), DigestUtils.sha256Hex(yaml));
        }
    }

    private void keep(List<Fault> faults, String refused) {
        String words = faults.stream()
                .map(fault -> fault.pointer() + " " + fault.message() + "; " + fault.remedy())
                .collect(Collectors.joining("\n  "));
        if (state == null) {
            throw new IllegalStateException("fleet.policy-file " + source() + " has faults:\n  " + words);
        }
        LOG.errorf("fleet.policy-file %s has faults; what was in force stays so:\n  %s", source(), words);
        state = new State(state.policy(), state.source(), state.text(), state.digest(), state.since(), faults, refused);
    }

    private String source() {
        return file == null ? SHIPPED : file.toString();
    }

    private byte[] bytes() {
        try (InputStream in =
                file == null ? PolicyInForce.class.getResourceAsStream(SHIPPED) : Files.newInputStream(file)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("fleet.policy-file " + file + " cannot be read", unreadable);
        }
    }
}
