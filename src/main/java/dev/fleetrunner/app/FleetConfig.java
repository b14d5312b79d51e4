package dev.fleetrunner.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every setting of the service; {@code docs/operations.md} lists them, and a test keeps the two in step. */
@ConfigMapping(prefix = "fleet")
public interface FleetConfig {

    /** Where state, logs and keys are kept. */
    @WithDefault("data")
    Path dataDir();

    /** {@code auto}, or names of runtimes in the order of preference. */
    @WithDefault("auto")
    List<@Pattern(regexp = "auto|podman|docker", message = "must be auto, podman or docker") String> runtime();

    /** The image of specs that name none. */
    @WithDefault("localhost/fleet-runner-base:latest")
    String defaultImage();

    /** Directories below which tasks may bind where the policy does not say; none by default. */
    Optional<List<Path>> mountRoots();

    /** The policy, in YAML; the shipped one if absent. */
    Optional<Path> policyFile();

    /** How many tasks run at once. */
    @WithDefault("4")
    @Min(1)
    @Max(10_000)
    int maxConcurrent();

    /** How many tasks wait at most. */
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int queueSize();

    /** The token of the first administrator; made and kept in the data directory if absent. */
    Optional<@Size(min = 16, message = "must have at least 16 characters") String> adminToken();

    /** What keeps the state. */
    @WithDefault("sqlite")
    @Pattern(regexp = "sqlite", message = "must be sqlite")
    String store();

    /** How long an engine may take to end a container after KILL. */
    @WithDefault("30s")
    Duration stopLimit();

    /**
     * Below which each task that needs it has a directory for its sockets; by default {@code fleetrunner-} and the start
     * of the instance id in {@code XDG_RUNTIME_DIR}, {@code /run} or the directory for temporary files. The engine must
     * see it at the same path.
     */
    Optional<Path> socketDir();

    /** How the service stops. */
    Stop stop();

    /** Logs of tasks. */
    Logs logs();

    /** What tasks leave behind. */
    Artifacts artifacts();

    /** Where secrets of tasks come from. */
    Secrets secrets();

    /** The disk under the data directory. */
    Storage storage();

    /** How long what is kept. */
    RetentionConfig retention();

    /** Files that tasks begin with. */
    Workspaces workspaces();

    /** What tasks with {@code network.mode: restricted} may reach. */
    Egress egress();

    /** Where engines listen, if not where they usually do. */
    Engine engine();

    /** Whom the service answers. */
    Http http();

    /** How often somebody may fail to get in. */
    SignIn signIn();

    /** People with an account elsewhere. */
    OidcConfig oidc();

    /** Walls that are stronger than a container's own, by the names that specs and policies use. */
    Map<String, Isolation> isolation();

    /** Where one of them is found; {@code docs/isolation.md} tells how to make it. */
    interface Isolation {
        /** The OCI runtime that makes it; without, it is the user namespace of the engine at the socket. */
        Optional<String> runtime();

        /** The socket of an engine that gives nothing but this wall. */
        Optional<String> socket();

        /** Whether its OCI runtime lets tasks connect to the runner's unix sockets. */
        @WithDefault("false")
        boolean sockets();
    }

    /** Settings of a graceful stop. */
    interface Stop {
        /** How long running tasks may take to end by themselves; what still runs then is left to the next start. */
        @WithDefault("0s")
        Duration drain();
    }

    /** Settings of logs. */
    interface Logs {
        /** How much of a task's output is kept. */
        @WithDefault("256M")
        MemorySize maxBytes();
    }

    /** Settings of artifacts; the limits are those of one task. */
    interface Artifacts {
        /** How many files are kept. */
        @WithDefault("10000")
        @Min(1)
        @Max(1_000_000)
        int maxFiles();

        /** How much is kept of all files together. */
        @WithDefault("1G")
        MemorySize maxBytes();

        /** How large a file may be. */
        @WithDefault("1G")
        MemorySize maxFileBytes();

        /** How long collecting may take. */
        @WithDefault("5m")
        Duration maxCollect();
    }

    /** Settings of secrets; a name is looked for in the directory first. */
    interface Secrets {
        /** A directory with a file for each secret. */
        Optional<Path> dir();

        /** What the variables begin with that hold secrets. */
        Optional<String> envPrefix();
    }

    /** Settings of the disk. */
    interface Storage {
        /** With less than this free, new work is refused; 0 for never. */
        @WithDefault("1G")
        MemorySize minFree();
    }

    /** Settings of workspaces. */
    interface Workspaces {
        /** The largest archive that is taken, as it is sent. */
        @WithDefault("1G")
        MemorySize maxUploadBytes();

        /** How much its files may have, unpacked. */
        @WithDefault("4G")
        MemorySize maxBytes();

        /** How many files, directories and links it may have. */
        @WithDefault("200000")
        @Min(1)
        @Max(1_000_000)
        int maxEntries();
    }

    /** Settings of HTTP. */
    interface Http {
        /** Names that the service answers for, besides addresses and localhost. */
        Optional<List<String>> hosts();
    }

    /** Settings of signing in. */
    interface SignIn {
        /** How many attempts of an address may fail within a minute. */
        @WithDefault("10")
        @Min(1)
        @Max(1_000_000)
        int maxFailures();
    }

    /** Settings of the proxies between tasks and the outside. */
    interface Egress {
        /** Networks that are not the public internet and may be reached nevertheless, such as {@code 10.1.2.0/24}. */
        Optional<List<String>> privateAddresses();

        /** Names and their addresses, in the form of {@code /etc/hosts}; looked at before the name servers. */
        Optional<Path> hostsFile();
    }

    /** Settings of engines. */
    interface Engine {
        /** Unix sockets to look at before the usual ones. */
        Optional<List<String>> sockets();

        /** Whether to look at {@code CONTAINER_HOST}, {@code DOCKER_HOST} and where engines listen by custom, too. */
        @WithDefault("true")
        boolean usualSockets();

        /** How long a running task waits for an engine that went away to come back. */
        @WithDefault("60s")
        Duration returnLimit();

        /** How many containers a task with an engine of its own may have at once, and networks; twice as many volumes. */
        @WithDefault("10")
        @Min(1)
        @Max(100)
        int children();

        /** Whether such a task may have the engine pull images. */
        @WithDefault("false")
        boolean pull();

        /** What if such a task's containers cannot be kept from the engine's machine: {@code refuse} or {@code accept}. */
        @WithDefault("refuse")
        @Pattern(regexp = "refuse|accept", message = "must be refuse or accept")
        String childrenReachHost();
    }
}
