package dev.fleetrunner.artifact;

import dev.fleetrunner.files.Shown;
import dev.fleetrunner.files.Worker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One collection: the tar of each base directory through one {@link Intake}, one piece at a time, each taken on the
 * worker. Closing it, at the end or at any moment before, gives everything back.
 */
final class Collecting {
    private final KeptDirectory place;
    private final KeptDirectory fresh;
    private final Limits limits;
    private final Worker worker;
    private final List<ArtifactPattern> patterns = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();
    private ContentWriter content;
    private Intake intake;
    private IOException ownFailure;
    private boolean closed;

    Collecting(KeptDirectory place, Limits limits, Worker worker, List<String> declared) {
        this.place = place;
        fresh = place.fresh();
        this.limits = limits;
        this.worker = worker;
        for (String path : new LinkedHashSet<>(declared)) {
            try {
                patterns.add(ArtifactPattern.of(path));
            } catch (IllegalArgumentException reason) {
                notes.add("artifact path " + Shown.of(path) + " cannot be read: " + reason.getMessage());
            }
        }
    }

    Uni<Collected> run(Function<String, Multi<Buffer>> archive, Predicate<Throwable> absent) {
        Set<String> bases = new LinkedHashSet<>();
        patterns.forEach(pattern -> bases.add(pattern.base()));
        return worker.run(this::open)
                .chain(() -> Multi.createFrom()
                        .iterable(bases)
                        .onItem()
                        .transformToUniAndConcatenate(base -> take(base, archive, absent))
                        .onItem()
                        .ignoreAsUni())
                .chain(() -> worker.run(this::publish));
    }

    private Uni<Void> take(String base, Function<String, Multi<Buffer>> archive, Predicate<Throwable> absent) {
        return worker.run(() -> begin(base)).onItem().transformToUni(wanted -> {
            if (!wanted) {
                return Uni.createFrom().voidItem();
            }
            return Multi.createFrom()
                    .deferred(() -> archive.apply(base))
                    .ifNoItem()
                    .after(limits.silence())
                    .failWith(() -> new IOException("nothing came for " + limits.silence()))
                    .onItem()
                    .transformToUniAndConcatenate(piece -> worker.run(() -> feed(piece)))
                    .select()
                    .first(more -> more)
                    .onItem()
                    .ignoreAsUni()
                    .onItemOrFailure()
                    .transformToUni((done, failure) -> worker.run(() -> end(base, failure, absent)));
        });
    }

    private synchronized Void open() throws IOException {
        refuseIfClosed();
        fresh.delete();
        place.delete();
        Files.createDirectories(fresh.path());
        content = new ContentWriter(fresh.content());
        intake = new Intake(limits, patterns, content);
        return null;
    }

    private synchronized boolean begin(String base) {
        return intake.open(base);
    }

    private synchronized boolean feed(Buffer piece) throws IOException {
        refuseIfClosed();
        try {
            return intake.feed(piece.getBytes());
        } catch (IOException failure) {
            ownFailure = failure;
            throw failure;
        }
    }

    private synchronized Void end(String base, Throwable failure, Predicate<Throwable> absent) throws IOException {
        refuseIfClosed();
        if (ownFailure != null) {
            throw ownFailure;
        }
        if (failure == null) {
            intake.close();
            return null;
        }
        intake.drop();
        if (!absent.test(failure)) {
            failed.add(base);
            String words = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            notes.add("artifacts at " + Shown.of(base) + " could not be collected: " + Shown.of(words));
        }
        return null;
    }

    private synchronized Collected publish() throws IOException {
        refuseIfClosed();
        List<ArtifactFile> files = intake.files();
        List<Summary> found = new ArrayList<>();
        for (ArtifactPattern pattern : patterns) {
            Summary summary = Summary.of(pattern, files);
            if (summary.files() > 0) {
                found.add(summary);
            } else if (!failed.contains(pattern.base())) {
                notes.add("artifact path " + Shown.of(pattern.declared())
                        + (intake.saw(pattern) ? " matched nothing that can be kept" : " matched nothing"));
            }
        }
        notes.addAll(intake.notes());
        content.sync();
        content.close();
        fresh.tell(found, notes, files);
        fresh.become(place);
        return place.load().orElseThrow();
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new CancellationException("the collection was given up");
        }
    }

    /** Gives everything back, an unfinished directory included; returns whether it was the first to do so. */
    synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        try {
            if (content != null) {
                content.close();
            }
            fresh.delete();
        } catch (IOException leftOver) {
            // Nobody reads it, and the next collection or deletion removes it.
            return true;
        }
        return true;
    }
}
