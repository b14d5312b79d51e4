package dev.fleetrunner.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The list of a task's files on disk: one JSON object a line, in the order of their paths' bytes. */
final class Manifest {
    static final Comparator<ArtifactFile> BY_PATH =
            Comparator.comparing(file -> file.path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectReader LINE = JSON.readerFor(ArtifactFile.class);

    private Manifest() {}

    static List<ArtifactFile> sorted(Collection<ArtifactFile> files) {
        return files.stream().sorted(BY_PATH).toList();
    }

    static byte[] line(ArtifactFile file) {
        try {
            return (JSON.writeValueAsString(file) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of text and numbers is always JSON", e);
        }
    }

    static void write(Path path, List<ArtifactFile> sorted) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            for (ArtifactFile file : sorted) {
                out.write(line(file));
            }
        }
    }

    static List<ArtifactFile> read(Path path) throws IOException {
        try (MappingIterator<ArtifactFile> lines = LINE.readValues(path.toFile())) {
            return lines.readAll(new ArrayList<>());
        }
    }

    /** Looks through the list without holding it. */
    static Optional<ArtifactFile> find(Path path, String wanted) throws IOException {
        try (MappingIterator<ArtifactFile> lines = LINE.readValues(path.toFile())) {
            while (lines.hasNextValue()) {
                ArtifactFile file = lines.nextValue();
                if (file.path().equals(wanted)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
