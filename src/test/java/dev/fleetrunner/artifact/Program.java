package dev.fleetrunner.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of the machine, run to its end. */
final class Program {
    private Program() {}

    /** What it wrote to its standard output; fails with its other output if it did not end with 0. */
    static byte[] run(Path directory, String... command) throws IOException {
        Path errors = Files.createTempFile("program", ".err");
        Process process = new ProcessBuilder(List.of(command))
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        String.join(" ", command) + " ended with " + code + ": " + Files.readString(errors));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
        }
    }

    static boolean present(String name) {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return true;
            }
        }
        return false;
    }
}
