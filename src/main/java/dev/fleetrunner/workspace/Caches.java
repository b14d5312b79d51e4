package dev.fleetrunner.workspace;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.files.Worker;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * Which caches there are and when each was last used: a small file for each below a directory. What is in a cache is the
 * runtime's. Every method may be called from any thread and blocks none; where the own disk fails, the result fails with
 * {@link UncheckedIOException}.
 */
public final class Caches {
    private static final int KEY_DIGITS = 40;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{" + KEY_DIGITS + "}");
    private static final String JSON_FILE = ".json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Comparator<Cache> LONGEST_UNUSED_FIRST =
            Comparator.comparing(Cache::lastUsed).thenComparing(Cache::key);

    private final Path root;
    private final Worker worker;
    private final Clock clock;

    private record Told(String owner, String name, String user, String lastUsed) {
        Cache cache(String key) {
            return new Cache(key, owner, name, user, Instant.parse(lastUsed));
        }
    }

    /**
     * Opens it. Blocks, unlike all else.
     *
     * @param root where it is kept; made when needed
     * @param worker for everything that touches a file
     * @param clock tells when a cache is used
     * @throws UncheckedIOException if the directory cannot be used
     */
    public Caches(Path root, Executor worker, Clock clock) {
        this.root = root;
        this.worker = new Worker(worker);
        this.clock = clock;
        try {
            Files.createDirectories(root);
            Durable.clear(root, "*" + Durable.FRESH);
        } catch (IOException failure) {
            throw new UncheckedIOException("the directory of caches " + root + " cannot be used", failure);
        }
    }

    /** The key of a cache, durably marked as used now. Two owners never share one, nor do two users. */
    public Uni<String> touch(String owner, String name, String user) {
        String key = new Digest().text(owner).text(name).text(user).hex(KEY_DIGITS);
        return worker.run(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            write(key, new Told(owner, name, user, now.toString()));
            return key;
        });
    }

    private synchronized void write(String key, Told told) throws IOException {
        Durable.write(file(key), JSON.writeValueAsBytes(told));
    }

    /** All caches, the longest unused first. */
    public Uni<List<Cache>> list() {
        return worker.run(this::read);
    }

    private synchronized List<Cache> read() throws IOException {
        List<Cache> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root, "*" + JSON_FILE)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String key = name.substring(0, name.length() - JSON_FILE.length());
                all.add(JSON.readValue(file.toFile(), Told.class).cache(key));
            }
        }
        all.sort(LONGEST_UNUSED_FIRST);
        return all;
    }

    /** Nothing happens if there is none; fails with {@link IllegalArgumentException} on what can be no key. */
    public Uni<Void> forget(String key) {
        if (!KEY.matcher(key).matches()) {
            return Uni.createFrom().failure(new IllegalArgumentException("not the key of a cache"));
        }
        return worker.run(() -> {
            remove(key);
            return null;
        });
    }

    private synchronized void remove(String key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    private Path file(String key) {
        return root.resolve(key + JSON_FILE);
    }
}
