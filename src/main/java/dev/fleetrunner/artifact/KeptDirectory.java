package dev.fleetrunner.artifact;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The artifacts of one task on disk: {@code collected.json} tells what was collected, {@code manifest.ndjson} lists the
 * files, {@code content} has their bytes. All three come at once, by a rename; the first goes first.
 *
 * @param path the directory; it need not exist
 */
record KeptDirectory(Path path) {
    private static final JsonMapper JSON = new JsonMapper();

    private record Told(List<Summary> artifacts, List<String> notes) {}

    /** Where the directory is filled; a dot is in no task's name. */
    KeptDirectory fresh() {
        return new KeptDirectory(path.resolveSibling(path.getFileName() + ".new"));
    }

    Path content() {
        return path.resolve("content");
    }

    Path manifest() {
        return path.resolve("manifest.ndjson");
    }

    private Path told() {
        return path.resolve("collected.json");
    }

    /** Whether it is here whole. */
    boolean present() {
        return Files.isRegularFile(told());
    }

    private String ref() {
        String uri = path.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    Optional<Collected> load() throws IOException {
        if (!present()) {
            return Optional.empty();
        }
        Told told = JSON.readValue(told().toFile(), Told.class);
        String ref = ref();
        return Optional.of(new Collected(
                told.artifacts().stream().map(summary -> summary.kept(ref)).toList(),
                told.notes(),
                Manifest.read(manifest())));
    }

    List<ArtifactFile> files() throws IOException {
        return present() ? Manifest.read(manifest()) : List.of();
    }

    Optional<ArtifactFile> find(String file) throws IOException {
        return present() ? Manifest.find(manifest(), file) : Optional.empty();
    }

    /** Tells what was collected, durably, beside a content that is durable. */
    void tell(List<Summary> artifacts, List<String> notes, List<ArtifactFile> sorted) throws IOException {
        Manifest.write(manifest(), sorted);
        sync(manifest(), StandardOpenOption.WRITE);
        JSON.writeValue(told().toFile(), new Told(artifacts, notes));
        sync(told(), StandardOpenOption.WRITE);
        sync(path, StandardOpenOption.READ);
    }

    /** Puts this directory in the place of another one that is not there, durably. */
    void become(KeptDirectory place) throws IOException {
        Files.move(path, place.path, StandardCopyOption.ATOMIC_MOVE);
        sync(path.getParent(), StandardOpenOption.READ);
        sync(path.getParent().getParent(), StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /** Removes it; nothing happens if there is none. Who reads its content goes on to the end of it. */
    void delete() throws IOException {
        Files.deleteIfExists(told());
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(path);
        }
    }
}
