package dev.fleetrunner.artifact;

import dev.fleetrunner.artifact.TarEntry.Kind;
import dev.fleetrunner.files.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the tars of a task, one after the other, and decides about every entry: regular files that a pattern names are
 * kept while the limits have room; all else that a pattern names is counted. For one thread at a time.
 */
final class Intake implements TarSink {
    private final Limits limits;
    private final List<ArtifactPattern> patterns;
    private final ContentWriter content;
    private final Ledger ledger;
    private final LeftOut leftOut = new LeftOut();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> ofThisTar = new HashSet<>();
    private final Set<ArtifactPattern> seen = new HashSet<>();
    private long scanned;
    private boolean full;
    private boolean over;
    private String base;
    private String root;
    private TarParser parser;
    private String taking;
    private int mode;

    Intake(Limits limits, List<ArtifactPattern> patterns, ContentWriter content) {
        this.limits = limits;
        this.patterns = patterns;
        this.content = content;
        ledger = new Ledger(limits);
    }

    /** Begins the tar of a container path; returns whether there is room for any of it. */
    boolean open(String containerPath) {
        base = containerPath;
        root = null;
        over = false;
        parser = new TarParser(this);
        ofThisTar.clear();
        return !full;
    }

    /** Takes a piece of the tar; returns whether more is wanted. Fails only where the own disk does. */
    boolean feed(byte[] piece) throws IOException {
        try {
            parser.feed(piece);
            scanned += piece.length;
            if (!over && scanned >= limits.scannedBytes()) {
                full = true;
                stop("no more than " + limits.scannedBytes() + " bytes are looked through", base);
            }
        } catch (DamagedTar damage) {
            damaged(damage);
        }
        return !over;
    }

    /** The tar came to its end, or was wanted no more. */
    void close() throws IOException {
        try {
            if (!over) {
                parser.finish();
            }
        } catch (DamagedTar damage) {
            damaged(damage);
        }
        drop();
    }

    /** What came of the tar stays; the file that was coming is dropped. */
    void drop() throws IOException {
        if (taking != null) {
            taking = null;
            content.undo();
        }
    }

    private void damaged(DamagedTar damage) {
        over = true;
        notes.add("what is left of " + Shown.of(base) + " is kept, its tar is damaged: " + damage.getMessage());
    }

    private void stop(String why, String from) {
        over = true;
        notes.add(why + ": the rest of " + Shown.of(base) + ", from " + Shown.of(from) + " on, was left out");
    }

    @Override
    public void begin(TarEntry entry) {
        Optional<EntryName> name = EntryName.of(entry.name()).filter(this::inside);
        if (entry.stored() > limits.scannedBytes() - scanned) {
            String large = name.map(n -> n.under(base)).orElse(base) + " (" + entry.stored() + " bytes)";
            stop("no more than " + limits.scannedBytes() + " bytes are looked through", large);
        } else if (name.isEmpty()) {
            leftOut.add(LeftOut.Kind.NAME, EntryName.text(entry.name()), 0);
        } else {
            String path = name.get().under(base);
            List<ArtifactPattern> naming = entry.kind() == Kind.DIRECTORY
                    ? List.of()
                    : patterns.stream().filter(pattern -> pattern.matches(path)).toList();
            if (!naming.isEmpty()) {
                seen.addAll(naming);
                named(entry, path);
            }
        }
    }

    /** The first entry tells what the tar calls the path that was asked for. */
    private boolean inside(EntryName name) {
        if (root == null) {
            root = name.root();
        }
        return root.equals(name.root());
    }

    private void named(TarEntry entry, String path) {
        switch (entry.kind()) {
            case SYMLINK -> leftOut.add(LeftOut.Kind.SYMLINK, path, 0);
            case DEVICE -> leftOut.add(LeftOut.Kind.DEVICE, path, 0);
            case FIFO -> leftOut.add(LeftOut.Kind.FIFO, path, 0);
            case HARD_LINK -> {
                Optional<ArtifactFile> target = EntryName.of(entry.link())
                        .filter(this::inside)
                        .flatMap(link -> ledger.get(link.under(base).substring(1)));
                if (target.isEmpty()) {
                    leftOut.add(LeftOut.Kind.HARD_LINK, path, 0);
                } else if (room(path, target.get().size())) {
                    add(target.get().at(path.substring(1)));
                }
            }
            case FILE -> {
                if (room(path, entry.size())) {
                    taking = path.substring(1);
                    mode = entry.mode();
                    content.begin();
                }
            }
            default -> leftOut.add(LeftOut.Kind.OTHER, path, 0);
        }
    }

    private boolean room(String path, long size) {
        String key = path.substring(1);
        if (ledger.get(key).isPresent()) {
            if (ofThisTar.contains(key)) {
                leftOut.add(LeftOut.Kind.REPEATED, path, size);
            }
            return false;
        }
        Optional<String> why = ledger.full(key);
        if (why.isPresent()) {
            full = true;
            stop(why.get(), path);
            return false;
        }
        Optional<LeftOut.Kind> refused = ledger.refuses(size);
        refused.ifPresent(kind -> leftOut.add(kind, path, size));
        return refused.isEmpty();
    }

    private void add(ArtifactFile file) {
        ledger.add(file);
        ofThisTar.add(file.path());
    }

    @Override
    public void data(byte[] bytes, int from, int length) throws IOException {
        if (taking != null) {
            content.data(bytes, from, length);
        }
    }

    @Override
    public void hole(long length) {
        if (taking != null) {
            content.hole(length);
        }
    }

    @Override
    public void end() {
        if (taking != null) {
            add(content.end(taking, mode));
            taking = null;
        }
    }

    @Override
    public boolean enough() {
        return over;
    }

    List<ArtifactFile> files() {
        return ledger.sorted();
    }

    /** Whether something was there that the pattern names, kept or not. */
    boolean saw(ArtifactPattern pattern) {
        return seen.contains(pattern);
    }

    /** What was cut off, damaged or left out. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        all.addAll(leftOut.notes(limits));
        return all;
    }
}
