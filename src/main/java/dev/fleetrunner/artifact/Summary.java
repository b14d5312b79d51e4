package dev.fleetrunner.artifact;

import dev.fleetrunner.contract.Captured;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** What one pattern found among the files that are kept. */
record Summary(String path, int files, long sizeBytes, String sha256) {

    /**
     * The digest is that of the file if the pattern is the plain path of one, else that of the sorted manifest, in the
     * form of {@code sha256sum --zero}: for each file its digest, two spaces, its path without the leading slash, NUL.
     *
     * @param sorted by {@link Manifest#BY_PATH}
     */
    static Summary of(ArtifactPattern pattern, List<ArtifactFile> sorted) {
        int files = 0;
        long size = 0;
        String single = null;
        var manifest = DigestUtils.getSha256Digest();
        for (ArtifactFile file : sorted) {
            String path = "/" + file.path();
            if (pattern.matches(path)) {
                files++;
                size += file.size();
                manifest.update((file.sha256() + "  " + file.path() + "\0").getBytes(StandardCharsets.UTF_8));
                single = pattern.isPath(path) ? file.sha256() : single;
            }
        }
        String digest = files == 1 && single != null ? single : HexFormat.of().formatHex(manifest.digest());
        return new Summary(pattern.declared(), files, size, digest);
    }

    Captured.Artifact kept(String ref) {
        return new Captured.Artifact(path, ref, files, sizeBytes, sha256);
    }
}
