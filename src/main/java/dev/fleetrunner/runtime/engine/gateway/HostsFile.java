package dev.fleetrunner.runtime.engine.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * A container's {@code /etc/hosts}, which on Podman has to tell it the names of the others. Podman's name server would hand
 * questions for names outside on to the machine's, a way out for whoever can ask; so nobody can.
 */
final class HostsFile {
    private static final Logger LOG = Logger.getLogger(HostsFile.class);
    private static final String BEGIN = "# other containers of the task";
    private static final long LARGEST = 1 << 20;

    private HostsFile() {}

    /** Writes the names of all that share a network with the container. The file keeps its place: it is mounted there. */
    static void tell(Reach.Address container, Collection<Reach.Address> all) {
        Path file = Path.of(container.hostsFile());
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                return;
            }
            String now = Files.readString(file);
            int begin = now.indexOf(BEGIN);
            String kept = begin < 0 ? now : now.substring(0, begin);
            String next = (kept.isEmpty() || kept.endsWith("\n") ? kept : kept + "\n") + BEGIN + "\n"
                    + String.join("", lines(container, all));
            if (!next.equals(now)) {
                Files.write(
                        file,
                        next.getBytes(StandardCharsets.UTF_8),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
            }
        } catch (IOException e) {
            LOG.debugf(e, "the names of containers cannot be written to %s", file);
        }
    }

    private static Set<String> lines(Reach.Address container, Collection<Reach.Address> all) {
        Set<String> lines = new LinkedHashSet<>();
        for (String network : container.networks().keySet()) {
            for (Reach.Address other : all) {
                Reach.Named named = other.networks().get(network);
                if (named != null) {
                    lines.add(named.ip() + " " + String.join(" ", named.names()) + "\n");
                }
            }
        }
        return lines;
    }
}
