package dev.fleetrunner.workspace;

import dev.fleetrunner.files.Shown;
import dev.fleetrunner.files.Worker;
import dev.fleetrunner.workspace.Node.Content;
import dev.fleetrunner.workspace.Node.Directory;
import dev.fleetrunner.workspace.Node.Symlink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Reads an archive to its end into a tree and its contents, or refuses it. Blocks. */
final class Unpacking {
    private static final int PIECE = 64 * 1024;

    private final Limits limits;
    private final Contents contents;
    private final BooleanSupplier givenUp;
    private final Tree tree;
    private final byte[] piece = new byte[PIECE];
    private int count;

    /** @param givenUp asked again and again; ends it with {@link CancellationException} */
    Unpacking(Limits limits, Contents contents, BooleanSupplier givenUp) {
        this.limits = limits;
        this.contents = contents;
        this.givenUp = givenUp;
        tree = new Tree(limits.entries());
    }

    Tree read(Path archive) throws IOException {
        try (Entries entries = reading("", () -> ArchiveForm.of(archive).open(archive, limits.entries()))) {
            String last = "";
            while (true) {
                String before = last;
                Optional<Entry> entry = reading(before, entries::next);
                if (entry.isEmpty()) {
                    Links.check(tree);
                    return tree;
                }
                last = entry.get().name();
                take(entry.get(), entries);
            }
        }
    }

    /** Readers of archives fail in many ways over damage; own files are never written in here. */
    private static <T> T reading(String after, Worker.Work<T> work) {
        try {
            return work.run();
        } catch (RefusedUpload refused) {
            throw refused;
        } catch (EOFException cut) {
            throw RefusedUpload.archive("the archive ends too early" + behind(after) + "; upload it again, whole");
        } catch (IOException | RuntimeException | StackOverflowError damage) {
            throw RefusedUpload.archive("the archive is damaged" + behind(after) + "; pack and upload it again");
        }
    }

    private static String behind(String entry) {
        return entry.isEmpty() ? "" : ", at or behind its entry " + Shown.of(entry);
    }

    private void take(Entry entry, Entries entries) throws IOException {
        String name = entry.name();
        String path = EntryName.path(name);
        if (!path.isEmpty() && ++count > limits.entries()) {
            throw Tree.tooMany(limits.entries());
        }
        goOn();
        switch (entry.kind()) {
            case DIRECTORY -> tree.put(name, path, new Directory(entry.mode(), entry.mtime()));
            case SYMLINK -> {
                Links.check(name, entry.link());
                tree.put(name, path, new Symlink(entry.link(), entry.mtime()));
            }
            case HARD_LINK -> tree.put(name, path, linked(entry));
            case FILE -> tree.put(name, path, content(entry, entries));
            case DEVICE -> throw RefusedUpload.entry(name, "is a device node; leave it out");
            case FIFO -> throw RefusedUpload.entry(name, "is a fifo; leave it out");
            case SOCKET -> throw RefusedUpload.entry(name, "is a socket; leave it out");
            default -> throw RefusedUpload.entry(name, "is neither file, directory nor link; leave it out");
        }
    }

    private Node linked(Entry entry) {
        String target;
        try {
            target = EntryName.path(entry.link());
        } catch (RefusedUpload outside) {
            throw RefusedUpload.entry(
                    entry.name(),
                    "is a hard link to " + Shown.of(entry.link()) + ", which leads out of the tree; leave it out");
        }
        Node node = tree.get(target);
        if (node == null || node instanceof Directory) {
            throw RefusedUpload.entry(
                    entry.name(),
                    "is a hard link to " + Shown.of(entry.link()) + ", which is no file before it in the archive");
        }
        return node;
    }

    private Content content(Entry entry, Entries entries) throws IOException {
        contents.begin(entry.size());
        for (int some = next(entry, entries); some >= 0; some = next(entry, entries)) {
            contents.write(piece, some);
            goOn();
        }
        return contents.end(entry.mode(), entry.mtime());
    }

    private int next(Entry entry, Entries entries) {
        return reading(entry.name(), () -> entries.read(piece));
    }

    private void goOn() {
        if (givenUp.getAsBoolean()) {
            throw new CancellationException("the upload was given up");
        }
    }
}
