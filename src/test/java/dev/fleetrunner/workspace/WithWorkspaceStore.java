package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store on two worker threads, with a clock that stands until it is moved. */
abstract class WithWorkspaceStore {
    static final Duration SOON = Duration.ofSeconds(60);
    static final Limits LIMITS = new Limits(16 << 20, 32 << 20, 1000);

    @TempDir
    Path home;

    Path root;
    ExecutorService worker;
    WorkspaceStore store;
    volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void openStore() {
        root = home.resolve("workspaces");
        worker = Executors.newFixedThreadPool(2);
        store = storeWith(LIMITS);
    }

    @AfterEach
    void stopWorker() {
        worker.shutdownNow();
    }

    WorkspaceStore storeWith(Limits limits) {
        return new WorkspaceStore(root, worker, limits, clock());
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    static Multi<Buffer> pieces(byte[] bytes, int size) {
        List<Buffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            pieces.add(Buffer.buffer(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
        }
        return Multi.createFrom().iterable(pieces);
    }

    Added add(byte[] archive) {
        return store.add(pieces(archive, 10_000)).await().atMost(SOON);
    }

    Workspace take(byte[] archive) {
        return add(archive).workspace();
    }

    RefusedUpload refused(byte[] archive) {
        RefusedUpload refusal = catchThrowableOfType(RefusedUpload.class, () -> add(archive));
        assertThat(refusal).isNotNull();
        assertThat(onDisk()).isEmpty();
        return refusal;
    }

    /** What a task would get. */
    List<Got> got(String id) {
        return got(joined(store.tar(id, 1000, 1001)));
    }

    record Got(String name, char kind, String link, int mode, long mtime, String content) {
        /** All but the time, on one line. */
        String shown() {
            return kind + " " + Integer.toOctalString(mode) + " " + name + (link.isEmpty() ? "" : " -> " + link)
                    + (content.isEmpty() ? "" : " = " + content);
        }
    }

    static List<Got> got(byte[] tar) {
        List<Got> all = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(entry.getLongUserId()).isEqualTo(1000);
                assertThat(entry.getLongGroupId()).isEqualTo(1001);
                assertThat(entry.getUserName()).isEmpty();
                all.add(new Got(
                        entry.getName(),
                        (char) entry.getLinkFlag(),
                        entry.getLinkName(),
                        entry.getMode(),
                        entry.getLastModifiedTime().toMillis() / 1000,
                        new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    List<String> shown(Workspace workspace) {
        return got(workspace.id()).stream().map(Got::shown).toList();
    }

    static byte[] joined(Multi<Buffer> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.collect().asList().await().atMost(SOON).forEach(piece -> all.writeBytes(piece.getBytes()));
        return all.toByteArray();
    }

    /** Every file of the test. */
    List<String> onDisk() {
        try (var walk = Files.walk(home)) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> home.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
