package dev.fleetrunner.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real OpenID provider, {@code oidc-provider} of npm, in a process of its own; installed once below {@code target}. One
 * that {@code -Dcontract.require} names and that cannot be had fails the build.
 */
public final class OidcProvider implements QuarkusTestResourceLifecycleManager {
    private static final Path SOURCES = Path.of("src", "test", "resources", "oidc");
    private static final Path HOME = Path.of("target", "oidc-provider");
    private static final Pattern READY = Pattern.compile("ready at (\\S+)");
    private static final List<String> REQUIRED =
            List.of(System.getProperty("contract.require", "").split(","));

    private Process server;

    /** Whether it can be had here. */
    public static boolean available() {
        return REQUIRED.contains("oidc") || onPath("node") && onPath("npm");
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(directory -> Path.of(directory, program).toFile().canExecute());
    }

    @Override
    public Map<String, String> start() {
        if (!available()) {
            return Map.of();
        }
        try {
            install();
            server = new ProcessBuilder("node", "server.js")
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .start();
            return settings(address(server));
        } catch (IOException e) {
            throw new UncheckedIOException("the OpenID provider is required and cannot be had", e);
        }
    }

    private static void install() throws IOException {
        Files.createDirectories(HOME);
        for (String name : List.of("package.json", "server.js")) {
            Files.copy(SOURCES.resolve(name), HOME.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(HOME.resolve("node_modules"))) {
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts")
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(npm.getInputStream().readAllBytes());
            if (npm.onExit().join().exitValue() != 0) {
                throw new IOException("npm install failed: " + said);
            }
        }
    }

    private static String address(Process server) throws IOException {
        BufferedReader output = server.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                drain(server);
                return ready.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IOException("the provider ended: " + said);
    }

    /** What it says later is of no interest, but must not fill the pipe. */
    private static void drain(Process server) {
        Thread reader = new Thread(() -> server.inputReader().lines().forEach(line -> {}), "oidc-provider-output");
        reader.setDaemon(true);
        reader.start();
    }

    private static Map<String, String> settings(String address) {
        return Map.of(
                "fleet.oidc.enabled", "true",
                "fleet.oidc.provider", "Example accounts",
                "fleet.oidc.roles.staff", "viewer",
                "fleet.oidc.roles.ops", "operator",
                "quarkus.oidc.auth-server-url", address,
                "quarkus.oidc.client-id", "fleet-runner",
                "quarkus.oidc.credentials.secret", "a-secret-of-the-client-for-tests-only",
                "quarkus.oidc.authentication.scopes", "email,groups");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.destroy();
        }
    }
}
