package dev.fleetrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command on a terminal: what somebody types, and what they see. */
final class Terminal implements AutoCloseable {
    static final String CTRL_C = "\003";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final StringBuffer seen = new StringBuffer();
    private final Thread reader;

    private Terminal(Process process) {
        this.process = process;
        reader = new Thread(this::read, "terminal");
        reader.setDaemon(true);
        reader.start();
    }

    static Terminal run(Map<String, String> environment, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("python3", "-B", "src/test/resources/cli/on-terminal.py"));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().remove("NO_COLOR");
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        return new Terminal(builder.start());
    }

    private void read() {
        byte[] block = new byte[8192];
        try (InputStream stream = process.getInputStream()) {
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
                seen.append(new String(block, 0, read, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    String seen() {
        return seen.toString();
    }

    void awaitText(String text) {
        await().atMost(LIMIT)
                .failFast(() -> !process.isAlive() && !reader.isAlive() && !seen().contains(text))
                .untilAsserted(() -> assertThat(seen()).contains(text));
    }

    /** The exit code, when everything that it wrote was seen. */
    int end() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; seen was: " + seen());
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
