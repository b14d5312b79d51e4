package dev.fleetrunner.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long what is kept, and how much of it; 0 is no limit. {@code docs/retention.md} tells what goes when. */
public interface RetentionConfig {

    /** How often is looked for what must go. */
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    Duration every();

    /** Tasks that are over. */
    Tasks tasks();

    /** Logs of tasks that are over. */
    Logs logs();

    /** Artifacts of tasks that are over. */
    Artifacts artifacts();

    /** Workspaces. */
    Workspaces workspaces();

    /** Caches. */
    Caches caches();

    /** The audit. */
    Audit audit();

    /** A task goes with all that belongs to it. */
    interface Tasks {
        /** Since its end. */
        @WithDefault("30d")
        @DurationMin
        Duration maxAge();

        /** How many of them. */
        @WithDefault("100000")
        @Min(0)
        long maxCount();
    }

    /** A log may go before its task. */
    interface Logs {
        /** Since it was last written. */
        @WithDefault("30d")
        @DurationMin
        Duration maxAge();

        /** All together. */
        @WithDefault("20G")
        MemorySize maxBytes();
    }

    /** Artifacts may go before their task. */
    interface Artifacts {
        /** Since they were collected. */
        @WithDefault("14d")
        @DurationMin
        Duration maxAge();

        /** All together. */
        @WithDefault("20G")
        MemorySize maxBytes();
    }

    /** What was uploaded for tasks. */
    interface Workspaces {
        /** Since a task last used it. */
        @WithDefault("30d")
        @DurationMin
        Duration maxAge();

        /** All together. */
        @WithDefault("20G")
        MemorySize maxBytes();
    }

    /** What tasks keep for the next ones. */
    interface Caches {
        /** Since a task last used it. */
        @WithDefault("30d")
        @DurationMin
        Duration maxAge();
    }

    /** Entries go in blocks and leave a checkpoint. */
    interface Audit {
        /** Since they were written. */
        @WithDefault("365d")
        @DurationMin
        Duration maxAge();

        /** All together. */
        @WithDefault("2G")
        MemorySize maxBytes();
    }
}
