package dev.fleetrunner.cli;

import dev.fleetrunner.cli.output.Shell;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Does what commands do, for nobody, so that their classes can be kept for faster starts. */
public final class Training {
    private Training() {}

    /** Runs without arguments. */
    public static void main(String[] arguments) throws Exception {
        try (var service = new PretendedService()) {
            Map<String, String> environment = Map.of("FLEET_URL", service.url(), "FLEET_TOKEN", "none");
            Shell shell = new Shell(
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    true,
                    false,
                    100,
                    environment);
            Main.run(shell, "ls");
            Main.run(shell, "ls", "-o", "yaml");
            Main.run(shell, "run", "--follow", "-e", "A=b", "--", "true");
            Main.run(shell, "logs", "x");
            Main.run(shell, "health");
            Main.run(shell, "result", "unknown");
            Main.run(shell, "ls", "--help");
            Main.run(shell, "ls", "--wrong");
        }
    }
}
