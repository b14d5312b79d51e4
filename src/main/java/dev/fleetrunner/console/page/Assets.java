package dev.fleetrunner.console.page;

import io.quarkus.qute.TemplateGlobal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** The console's own style sheet and scripts, by addresses that change with their content: browsers may keep them. */
final class Assets {
    private static final String VERSION = digest(List.of(
            "console.css",
            "console.js",
            "log/rows.js",
            "log/pages.js",
            "log/list.js",
            "log/found.js",
            "log/log.js",
            "new-task.js",
            "tar.js"));
    private static final int DIGITS = 12;

    private Assets() {}

    /** For {@code ?v=} behind the address of an asset. */
    @TemplateGlobal
    static String assetVersion() {
        return VERSION;
    }

    private static String digest(List<String> names) {
        try {
            MessageDigest digest = DigestUtils.getSha256Digest();
            for (String name : names) {
                try (InputStream in = Assets.class.getResourceAsStream("/META-INF/resources/assets/" + name)) {
                    digest.update(in.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
