package dev.fleetrunner.workspace;

import dev.fleetrunner.async.Reading;
import dev.fleetrunner.files.Worker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Workspaces, in files below a directory, each content once. Every method may be called from any thread and blocks none;
 * all work is done on the worker executor. What cannot be an id names no workspace. Where the own disk fails, the result
 * fails with {@link NoRoom} if it is full and with {@link UncheckedIOException} otherwise.
 */
public final class WorkspaceStore {
    /** How many uploads are unpacked at once; it takes a thread each, and memory for the names. */
    private static final int UNPACKERS = 2;
    /** With less than that left a disk is full. */
    private static final long ROOM_BYTES = 16 << 20;

    private final Path root;
    private final Shelf shelf;
    private final Worker worker;
    private final Worker unpacker;
    private final Limits limits;

    /**
     * Opens the store and removes what uploads left that a crash cut off. Blocks, unlike all else.
     *
     * @param root where the workspaces are, and uploads on their way; made when needed
     * @param worker for everything that touches a file
     * @param limits of each upload
     * @param clock for the times that are told of a workspace
     * @throws UncheckedIOException if the directory cannot be used
     */
    public WorkspaceStore(Path root, Executor worker, Limits limits, Clock clock) {
        this.root = root;
        this.worker = new Worker(worker);
        this.limits = limits;
        unpacker = new Worker(new Lane(worker, UNPACKERS));
        shelf = new Shelf(root, clock);
        try {
            shelf.tidy();
        } catch (IOException failure) {
            throw new UncheckedIOException("the directory of workspaces " + root + " cannot be used", failure);
        }
    }

    /**
     * Takes a tar, a gzipped tar or a zip, whichever its content shows it to be, asking for the next buffer when the last
     * one is written. It is there durably, and as a whole, when the result comes; cancelling and failing leave nothing.
     * Content that is known already is found again, and counts as used now.
     *
     * <p>Fails with {@link RefusedUpload} on anything but a sound archive within the limits that keeps to its own tree.
     */
    public Uni<Added> add(Multi<Buffer> upload) {
        return Uni.createFrom().deferred(() -> {
            Uploading uploading = new Uploading(shelf, limits);
            return worker.run(uploading::open)
                    .chain(() -> upload.onItem()
                            .transformToUniAndConcatenate(piece -> worker.run(() -> uploading.write(piece.getBytes())))
                            .onItem()
                            .ignoreAsUni())
                    .chain(() -> unpacker.run(uploading::finish))
                    .onFailure(UncheckedIOException.class)
                    .transform(failure -> full() ? new NoRoom(failure.getCause()) : failure)
                    .eventually(() -> worker.run(uploading::close))
                    .onCancellation()
                    .invoke(() -> worker.run(uploading::close).subscribe().with(done -> {}, failure -> {}));
        });
    }

    private boolean full() {
        try {
            return Files.getFileStore(root).getUsableSpace() < ROOM_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** What is known of a workspace. */
    public Uni<Optional<Workspace>> find(String id) {
        return worker.run(() -> shelf.find(id));
    }

    /** All workspaces, the newest first. */
    public Uni<List<Workspace>> list() {
        return worker.run(shelf::list);
    }

    /** Removes one and gives true, or false while it is in use. Fails with {@link UnknownWorkspace} if there is none. */
    public Uni<Boolean> delete(String id) {
        return worker.run(() -> shelf.delete(id));
    }

    /**
     * Marks one as used now, and as in use until the lease is closed; a start of the service ends all leases. Fails with
     * {@link UnknownWorkspace} if there is none.
     */
    public Uni<Lease> use(String id) {
        return Uni.createFrom().deferred(() -> {
            Lease lease = new Lease(shelf, id);
            return worker.run(lease::take).onCancellation().invoke(lease::close);
        });
    }

    /**
     * A workspace as a tar in pieces of 64 KiB. Its first entry is {@code ./}, all names are relative, parents come before
     * children, and everything belongs to this user and group. Honours demand: one that waits holds no thread, and one
     * file handle if it has begun. Fails with {@link UnknownWorkspace} if there is none.
     */
    public Multi<Buffer> tar(String id, int uid, int gid) {
        return Multi.createFrom()
                .publisher(Reading.of(worker.executor(), () -> new OwnedTarPump(id, shelf.existing(id), uid, gid)));
    }
}
