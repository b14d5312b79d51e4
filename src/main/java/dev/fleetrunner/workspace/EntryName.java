package dev.fleetrunner.workspace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names of entries become paths within the tree, or are refused. */
final class EntryName {
    /** Of one name; what the file systems of Linux take. */
    private static final int NAME_BYTES = 255;
    /** Of a whole path; what Linux takes, less room for the target that it is mounted at. */
    private static final int PATH_BYTES = 3840;
    /** Stands for bytes that are no UTF-8. */
    static final char UNREADABLE = '\uFFFD';

    private EntryName() {}

    /** The path without {@code .} and superfluous slashes; empty for the tree itself. */
    static String path(String name) {
        if (name.startsWith("/")) {
            throw RefusedUpload.entry(name, "has an absolute name; pack with names relative to the tree");
        }
        readable(name, name);
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw RefusedUpload.entry(name, "has .. in its name; pack from the top of the tree");
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
                throw RefusedUpload.entry(name, "has a name of more than " + NAME_BYTES + " bytes; shorten it");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        String path = String.join("/", parts);
        if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES) {
            throw RefusedUpload.entry(name, "has a path of more than " + PATH_BYTES + " bytes; shorten it");
        }
        return path;
    }

    /** Refuses text of an entry that no file system takes, or that was lost on the way. */
    static void readable(String entry, String text) {
        if (text.indexOf('\0') >= 0) {
            throw RefusedUpload.entry(entry, "has a NUL in its name or link; leave it out");
        }
        if (text.indexOf(UNREADABLE) >= 0) {
            throw RefusedUpload.entry(entry, "has a name or link that is not UTF-8; rename it");
        }
    }
}
