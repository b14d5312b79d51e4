package dev.fleetrunner.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What builds of long ago have unpacked into the cache. */
final class Stale {
    private static final Duration AGE = Duration.ofDays(14);

    private Stale() {}

    /** Removes what nobody has used for two weeks. */
    static void removeFrom(Path cache) {
        Instant limit = Instant.now().minus(AGE);
        try (Stream<Path> unpacked = Files.list(cache)) {
            List<Path> all = unpacked.filter(
                            path -> path.getFileName().toString().matches("\\.?service-.*"))
                    .toList();
            for (Path directory : all) {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(limit)) {
                    Removal.of(directory);
                }
            }
        } catch (IOException notThere) {
            return;
        }
    }

    /** Notes that a directory is used. */
    static void isUsed(Path directory) {
        try {
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            return;
        }
    }
}
