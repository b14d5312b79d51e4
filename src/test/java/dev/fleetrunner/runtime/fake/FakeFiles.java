package dev.fleetrunner.runtime.fake;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files of a fake container, as the engines give them. */
final class FakeFiles {
    private FakeFiles() {}

    /** The tar of a file, or of a directory and all below it. */
    static Buffer tar(Map<String, String> files, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        var bytes = new ByteArrayOutputStream();
        boolean any = false;
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                if (file.getKey().equals(path) || file.getKey().startsWith(path + "/")) {
                    byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                    var entry = new TarArchiveEntry(name + file.getKey().substring(path.length()));
                    entry.setSize(content.length);
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                    any = true;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!any) {
            throw new RuntimeFailure(CauseCode.NOT_FOUND, path + " is not there");
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
