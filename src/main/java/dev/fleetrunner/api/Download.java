package dev.fleetrunner.api;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.web.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a file of a stranger is sent with: to be saved, never to be shown or run by a browser in this place.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6266">RFC 6266</a>, <a
 *     href="https://www.rfc-editor.org/rfc/rfc8187">RFC 8187</a>
 */
final class Download {
    private static final String TEXT = "text/plain; charset=utf-8";
    /** Nothing that can have a script in it. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("txt", TEXT),
            Map.entry("log", TEXT),
            Map.entry("md", TEXT),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("ndjson", "application/x-ndjson"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"),
            Map.entry("tgz", "application/gzip"),
            Map.entry("tar", "application/x-tar"));

    private Download() {}

    static String etag(ArtifactFile file) {
        return "\"" + file.sha256() + "\"";
    }

    /** All headers but those of a range and the length. */
    static Map<String, List<String>> headers(ArtifactFile file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        Map<String, List<String>> headers = headers(name, type(name));
        headers.put("ETag", List.of(etag(file)));
        headers.put("Accept-Ranges", List.of("bytes"));
        return headers;
    }

    static Map<String, List<String>> headers(String name, String type) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Type", List.of(type));
        headers.put("Content-Disposition", List.of(disposition(name)));
        headers.put("Content-Security-Policy", List.of("sandbox"));
        headers.put("Cache-Control", List.of("private, no-cache"));
        return headers;
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    /** The first form is for the old; percent signs are taken out of it, as some decode them. */
    private static String disposition(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + Address.encoded(name);
    }
}
