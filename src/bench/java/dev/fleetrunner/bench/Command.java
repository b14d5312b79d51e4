package dev.fleetrunner.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that are run and waited for. */
final class Command {
    private Command() {}

    /** Runs it with its output thrown away; fails with its error output if it fails. */
    static void run(List<String> words) throws IOException, InterruptedException {
        run(words, new File("/dev/null"));
    }

    /** Runs it with a file for its input. */
    static void run(List<String> words, File input) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("bench", ".err");
        try {
            int code = new ProcessBuilder(words)
                    .redirectInput(input)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException(
                        String.join(" ", words) + " ended with " + code + ": " + Files.readString(errors));
            }
        } finally {
            Files.delete(errors);
        }
    }

    /** What it writes. */
    static String output(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
