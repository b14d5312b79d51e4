package dev.fleetrunner.runtime.engine.gateway;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the containers of tasks from the engine's machine and from everything behind it. Their networks are without a way
 * out by the engine's own doing, but the machine has an address in each, and what it serves at all addresses it serves
 * there too. All their bridges have names that begin alike, so a few rules hold for every one, now and later: what comes
 * from there is dropped unless it answers, and nothing is handed on from there or to there.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/iptables.8.html">iptables(8)</a>
 */
final class Firewall {
    /** What the names of all bridges of tasks begin with. */
    static final String BRIDGE_PREFIX = "flt";

    private static final String BRIDGES = BRIDGE_PREFIX + "+";
    private static final Path BRIDGED_TOO = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
    private static final long LIMIT_SECONDS = 20;
    private static final int LONGEST_WORDS = 4096;

    private final Executor worker;

    Firewall(Executor worker) {
        this.worker = worker;
    }

    /** Sees to it that the rules are there; fails with words where they cannot be set. */
    Uni<Void> ensure() {
        return Uni.createFrom()
                .item(() -> {
                    for (String program : List.of("iptables", "ip6tables")) {
                        for (List<String> rule : rules()) {
                            ensure(program, rule);
                        }
                    }
                    return null;
                })
                .runSubscriptionOn(worker)
                .replaceWithVoid();
    }

    /**
     * Each is put before all others. Where the kernel shows the firewall what goes from port to port of one bridge, that is
     * the containers' own talk and may pass.
     */
    private static List<List<String>> rules() {
        List<String> handedOn = new ArrayList<>(List.of("FORWARD", "-i", BRIDGES));
        if (bridgedIsSeen()) {
            handedOn.addAll(List.of("-m", "physdev", "!", "--physdev-is-bridged"));
        }
        handedOn.addAll(List.of("-j", "DROP"));
        return List.of(
                List.of(
                        "INPUT",
                        "-i",
                        BRIDGES,
                        "-m",
                        "conntrack",
                        "!",
                        "--ctstate",
                        "ESTABLISHED,RELATED",
                        "-j",
                        "DROP"),
                handedOn,
                List.of("FORWARD", "!", "-i", BRIDGES, "-o", BRIDGES, "-j", "DROP"));
    }

    private static boolean bridgedIsSeen() {
        try {
            return Files.exists(BRIDGED_TOO)
                    && Files.readString(BRIDGED_TOO).strip().equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    private static void ensure(String program, List<String> rule) {
        if (run(program, "-C", rule) != null) {
            String words = run(program, "-I", rule);
            if (words != null) {
                throw new IllegalStateException(program + " " + String.join(" ", rule) + ": " + words);
            }
        }
    }

    /** Null if it went well; what the program said otherwise. */
    private static String run(String program, String action, List<String> rule) {
        List<String> line = new ArrayList<>(List.of(program, "-w", "5", action));
        line.addAll(rule);
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream out = process.getInputStream()) {
                String words = new String(out.readNBytes(LONGEST_WORDS), StandardCharsets.UTF_8).strip();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return "it did not end within " + LIMIT_SECONDS + " s";
                }
                return process.exitValue() == 0 ? null : words;
            }
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
