package dev.fleetrunner.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built fleet-init as a process of this machine, its standard streams in the test's hands. */
final class InitProcess {
    static final String NONCE = "n0nce";
    private static final String FIRST_WORDS = "\u001efleet-init:" + NONCE.substring(0, NONCE.length() / 2) + " begin\n";
    private static final String LAST_WORDS = "\u001efleet-init:" + NONCE + " end\n\n";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final BufferedReader out;

    private InitProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The executable as the build has put it into the jar. */
    static Path binary() {
        String arch = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try {
            return Path.of(Objects.requireNonNull(
                            InitProcess.class.getResource("/init/fleet-init-linux-" + arch),
                            "the build made no fleet-init")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the command under fleet-init without a deadline. */
    static InitProcess start(String... command) throws IOException {
        return startWith(NONCE + " 0 0", List.of(), command);
    }

    /**
     * Starts the command under fleet-init.
     *
     * @param settings the value of FLEET_INIT; null leaves it out
     * @param wrapper what starts fleet-init itself, for example unshare with its options
     */
    static InitProcess startWith(String settings, List<String> wrapper, String... command) throws IOException {
        return startBinary(binary(), settings, wrapper, command);
    }

    /** Starts the command under fleet-init with a way out through the sockets in a directory. */
    static InitProcess startWired(Path directory, String... command) throws IOException {
        return startBinary(
                binary(), NONCE + " 0 0", List.of("env", "FLEET_WIRE=" + directory, "SECRET=" + NONCE), command);
    }

    static InitProcess startBinary(Path binary, String settings, List<String> wrapper, String... command)
            throws IOException {
        List<String> line = new ArrayList<>(wrapper);
        line.add(binary.toString());
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().remove("FLEET_INIT");
        if (settings != null) {
            builder.environment().put("FLEET_INIT", settings);
        }
        return new InitProcess(builder.start());
    }

    /** Writes to its standard input. */
    void write(byte[] bytes) throws IOException {
        process.getOutputStream().write(bytes);
        process.getOutputStream().flush();
    }

    /** Ends its standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** The next line of the command's standard output; null at its end. */
    String readLine() throws IOException {
        String line = out.readLine();
        return FIRST_WORDS.equals(line + "\n") ? out.readLine() : line;
    }

    /** Sends TERM. */
    void terminate() {
        process.toHandle().destroy(); // unlike Process.destroy, it leaves the streams open
    }

    /** Waits for the end of the process and of both streams. */
    Ended ended() throws InterruptedException {
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        CompletableFuture<String> rest = CompletableFuture.supplyAsync(this::restOfOutput);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends in time")
                    .isTrue();
            assertThat(CompletableFuture.allOf(err, rest))
                    .as("nobody holds its pipes")
                    .succeedsWithin(PATIENCE);
            return new Ended(process.exitValue(), rest.join(), err.join());
        } finally {
            process.toHandle().destroyForcibly();
        }
    }

    private String restOfOutput() {
        StringBuilder text = new StringBuilder();
        out.lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How it ended.
     *
     * @param all what came on standard output, init's words too
     * @param err what came on standard error, init's words too
     */
    record Ended(int exitCode, String all, String err) {
        private static final Pattern REPORT = Pattern.compile(
                "\u001efleet-init:" + NONCE
                        + " exec=(\\d+) signal=(\\d+) deadline=([01]) wall_ms=(\\d+) oom=(-?\\d+) cpu_ns=(-?\\d+) peak=(-?\\d+) disk=(-?\\d+) secrets=(\\d+)\n\n$");

        /** The command's own standard output; fails when init's words do not end it. */
        String out() {
            assertThat(all).endsWith(LAST_WORDS);
            String own = all.startsWith(FIRST_WORDS) ? all.substring(FIRST_WORDS.length()) : all;
            return own.substring(0, own.length() - LAST_WORDS.length());
        }

        /** The report; fails when standard error does not end with one. */
        Report report() {
            Matcher matcher = REPORT.matcher(err);
            assertThat(err).startsWith(FIRST_WORDS);
            assertThat(matcher.find()).as("report at the end of <%s>", err).isTrue();
            return new Report(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    matcher.group(3).equals("1"),
                    Long.parseLong(matcher.group(6)),
                    Long.parseLong(matcher.group(8)),
                    Integer.parseInt(matcher.group(9)),
                    err.substring(FIRST_WORDS.length(), matcher.start()));
        }
    }

    /**
     * What the report says.
     *
     * @param before what standard error held before it
     */
    record Report(int exec, int signal, boolean deadline, long cpuNanos, long disk, int secrets, String before) {}
}
