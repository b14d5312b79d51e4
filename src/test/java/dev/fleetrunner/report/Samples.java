package dev.fleetrunner.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The reports of real tools among the test resources, and what is expected of each in {@code expected/}. */
final class Samples {
    private Samples() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] bytes(String name) {
        return bytes(folder().resolve(name));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Path folder() {
        try {
            return Path.of(Samples.class.getResource("/reports").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ReportFile file(String name) {
        return file("/workspace/" + name, bytes(name));
    }

    static ReportFile file(String path, byte[] bytes) {
        return new ReportFile(path, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    static ReportFile text(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reports read(String text) {
        return new ReportReader().read(List.of(text("/workspace/report", text)));
    }
}
