package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A device that takes no byte stands in for a full disk. */
@EnabledOnOs(OS.LINUX)
class LogDiskFullTest extends WithLogStore {

    @BeforeEach
    void fillTheDisk() throws IOException {
        Path directory = Files.createDirectories(root.resolve("SK").resolve(TASK));
        Files.createSymbolicLink(directory.resolve("log.ndjson"), Path.of("/dev/full"));
    }

    @Test
    void theOutputIsCancelledAndTheFailureTold() {
        AtomicBoolean cancelled = new AtomicBoolean();
        LogWriter writer = open();
        Multi<LogChunk> endless = Multi.createBy()
                .repeating()
                .supplier(() -> out("line\n"))
                .indefinitely()
                .onCancellation()
                .invoke(() -> cancelled.set(true));

        assertThatThrownBy(() -> writer.append(endless).await().atMost(SOON)).isInstanceOf(UncheckedIOException.class);

        assertThat(cancelled).isTrue();
        assertThat(writer.cursor()).isEqualTo(LogCursor.START);
        assertThatThrownBy(() -> append(writer, out("more\n"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void followersComeToTheEndThoughTheSealFails() {
        LogWriter writer = open();
        AssertSubscriber<LogRecord> follower =
                store.follow(TASK, LogQuery.all()).subscribe().withSubscriber(AssertSubscriber.create(1));
        assertThatThrownBy(() -> append(writer, out("line\n"))).isInstanceOf(UncheckedIOException.class);

        assertThatThrownBy(() -> seal(writer)).isInstanceOf(UncheckedIOException.class);

        follower.awaitCompletion(SOON);
    }
}
