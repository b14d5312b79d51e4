package dev.fleetrunner.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Clients from npm, in {@code src/test/mcp}: installed once, into {@code target}. */
final class NodeClients {
    private static final Path SOURCE = Path.of("src/test/mcp");
    private static final Path HOME = Path.of("target/mcp-clients");

    private NodeClients() {}

    /** How a program ended, and all that it printed. */
    record Ended(int code, String told) {}

    /** Runs a command where the packages are installed. */
    static Ended run(Map<String, String> environment, List<String> command) {
        install();
        return execute(environment, command);
    }

    private static synchronized void install() {
        try {
            boolean changed = !Files.exists(HOME.resolve("node_modules"));
            Files.createDirectories(HOME);
            try (Stream<Path> sources = Files.list(SOURCE)) {
                for (Path source : sources.toList()) {
                    Path copy = HOME.resolve(source.getFileName());
                    boolean other = !Files.exists(copy) || Files.mismatch(source, copy) >= 0;
                    changed |= other && source.endsWith("package-lock.json");
                    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (changed) {
                Ended installed = execute(Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));
                assertThat(installed.code()).as(installed.told()).isZero();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Ended execute(Map<String, String> environment, List<String> command) {
        try {
            var builder = new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), told);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
