package dev.fleetrunner.workspace;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The workspaces on disk: {@code ID.tar} has the content, {@code ID.json} what is told of it; what has no tar is not
 * there. Blocks, though never for long.
 */
final class Shelf {
    private static final Pattern ID = Pattern.compile("ws-[0-9a-f]{32}");
    private static final String TAR = ".tar";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Comparator<Workspace> NEWEST_FIRST =
            Comparator.comparing(Workspace::createdAt).reversed().thenComparing(Workspace::id);

    private final Path root;
    private final Clock clock;
    private final Map<String, Integer> uses = new HashMap<>();

    private record Told(int files, long sizeBytes, String createdAt, String lastUsed) {
        Workspace workspace(String id, long keptBytes) {
            return new Workspace(id, files, sizeBytes, keptBytes, Instant.parse(createdAt), Instant.parse(lastUsed));
        }
    }

    Shelf(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** Removes what a crash left: pieces of uploads, and what is told of tars that never came. */
    synchronized void tidy() throws IOException {
        Files.createDirectories(root);
        Durable.clear(root, "*" + Durable.FRESH);
        try (DirectoryStream<Path> told = Files.newDirectoryStream(root, "*.json")) {
            for (Path file : told) {
                String name = file.getFileName().toString();
                if (!present(name.substring(0, name.lastIndexOf('.')))) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Where something is written that is not to outlive this process if it is not finished. */
    Path fresh(String name) {
        return root.resolve(name + Durable.FRESH);
    }

    private Path tar(String id) {
        return root.resolve(id + TAR);
    }

    /** Where its tar is. */
    Path existing(String id) {
        if (!present(id)) {
            throw new UnknownWorkspace(id);
        }
        return tar(id);
    }

    private Path told(String id) {
        return root.resolve(id + ".json");
    }

    private boolean present(String id) {
        return ID.matcher(id).matches() && Files.isRegularFile(tar(id));
    }

    synchronized Optional<Workspace> find(String id) throws IOException {
        return present(id) ? Optional.of(read(id)) : Optional.empty();
    }

    private Workspace read(String id) throws IOException {
        return JSON.readValue(told(id).toFile(), Told.class).workspace(id, Files.size(tar(id)));
    }

    synchronized List<Workspace> list() throws IOException {
        List<Workspace> all = new ArrayList<>();
        try (DirectoryStream<Path> tars = Files.newDirectoryStream(root, "*" + TAR)) {
            for (Path tar : tars) {
                String name = tar.getFileName().toString();
                find(name.substring(0, name.length() - TAR.length())).ifPresent(all::add);
            }
        }
        all.sort(NEWEST_FIRST);
        return all;
    }

    /** @param tar synced; it is taken if it is new, and left alone if its content is known */
    synchronized Added keep(Path tar, CanonicalTar.Summary summary) throws IOException {
        String id = summary.id();
        if (present(id)) {
            return new Added(touch(id), false);
        }
        String now = now().toString();
        tell(id, new Told(summary.files(), summary.sizeBytes(), now, now));
        Durable.move(tar, tar(id));
        return new Added(read(id), true);
    }

    private Workspace touch(String id) throws IOException {
        Workspace known = read(id);
        tell(id, new Told(known.files(), known.sizeBytes(), known.createdAt().toString(), now().toString()));
        return read(id);
    }

    private void tell(String id, Told told) throws IOException {
        Durable.write(told(id), JSON.writeValueAsBytes(told));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    synchronized void take(String id) throws IOException {
        if (!present(id)) {
            throw new UnknownWorkspace(id);
        }
        touch(id);
        uses.merge(id, 1, Integer::sum);
    }

    synchronized void giveBack(String id) {
        uses.computeIfPresent(id, (same, count) -> count > 1 ? count - 1 : null);
    }

    /** Who reads it at the moment goes on to the end of it. */
    synchronized boolean delete(String id) throws IOException {
        if (!present(id)) {
            throw new UnknownWorkspace(id);
        }
        if (uses.containsKey(id)) {
            return false;
        }
        Files.delete(tar(id));
        Files.deleteIfExists(told(id));
        return true;
    }
}
