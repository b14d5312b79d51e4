package dev.fleetrunner.artifact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that are kept so far, and what room the limits leave. */
final class Ledger {
    private final Limits limits;
    private final Map<String, ArtifactFile> files = new HashMap<>();
    private long bytes;
    private long manifestBytes;

    Ledger(Limits limits) {
        this.limits = limits;
    }

    Optional<ArtifactFile> get(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Why no further file fits, however small it is. */
    Optional<String> full(String path) {
        if (files.size() >= limits.files()) {
            return Optional.of("no more than " + limits.files() + " files are kept");
        }
        ArtifactFile longest =
                new ArtifactFile(path, Long.MAX_VALUE, "0".repeat(64), Integer.MAX_VALUE, Long.MAX_VALUE);
        if (manifestBytes + Manifest.line(longest).length > limits.manifestBytes()) {
            return Optional.of("the list of files is kept below " + limits.manifestBytes() + " bytes");
        }
        return Optional.empty();
    }

    /** Why a file of this size does not fit. */
    Optional<LeftOut.Kind> refuses(long size) {
        if (size > limits.fileBytes()) {
            return Optional.of(LeftOut.Kind.TOO_LARGE);
        }
        return size > limits.bytes() - bytes ? Optional.of(LeftOut.Kind.NO_ROOM) : Optional.empty();
    }

    void add(ArtifactFile file) {
        files.put(file.path(), file);
        bytes += file.size();
        manifestBytes += Manifest.line(file).length;
    }

    List<ArtifactFile> sorted() {
        return Manifest.sorted(files.values());
    }
}
