package dev.fleetrunner.workspace;

import dev.fleetrunner.files.Shown;
import dev.fleetrunner.workspace.Node.Symlink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Looks where symbolic links lead, as a kernel would find it that has the tree alone. */
final class Links {
    private static final int TARGET_BYTES = 4095;
    /** After so many links in one path Linux gives up, too. */
    private static final int HOPS = 40;
    /** For all links of a tree; a million links of usual length take less. */
    private static final int STEPS = 5_000_000;

    private static final String UP = "..";

    private final Tree tree;
    private int steps;

    private Links(Tree tree) {
        this.tree = tree;
    }

    /** What can be said of a target by itself. */
    static void check(String entry, String target) {
        EntryName.readable(entry, target);
        if (target.startsWith("/")) {
            throw leadsOut(entry, target);
        }
        if (target.isEmpty() || target.getBytes(StandardCharsets.UTF_8).length > TARGET_BYTES) {
            throw RefusedUpload.entry(entry, "is a link with an empty or too long target; leave it out");
        }
    }

    private static RefusedUpload leadsOut(String entry, String target) {
        return RefusedUpload.entry(
                entry,
                "is a link to " + Shown.of(target)
                        + ", which leads out of the tree; pack what it leads to, or leave it out");
    }

    /**
     * Follows the links of a whole tree: the way of one may go through others. Those whose target goes only down can lead
     * out no further than the links that they meet, and these are looked at themselves.
     */
    static void check(Tree tree) {
        Links links = new Links(tree);
        tree.nodes().forEach((path, node) -> {
            if (node instanceof Symlink link && link.target().contains(UP)) {
                links.follow(path, link.target());
            }
        });
    }

    private void follow(String link, String target) {
        StringBuilder at = new StringBuilder();
        at.append(link, 0, Math.max(0, link.lastIndexOf('/')));
        Deque<String> ahead = new ArrayDeque<>(names(target));
        int hops = 0;
        while (!ahead.isEmpty()) {
            if (++steps > STEPS) {
                throw RefusedUpload.entry(link, "is one of too many links through links; pack without them");
            }
            String name = ahead.pop();
            if (name.equals(UP)) {
                if (at.isEmpty()) {
                    throw leadsOut(link, target);
                }
                at.setLength(Math.max(0, at.lastIndexOf("/")));
            } else if (!name.isEmpty() && !name.equals(".")) {
                int before = at.length();
                at.append(before == 0 ? "" : "/").append(name);
                if (tree.get(at.toString()) instanceof Symlink met) {
                    if (++hops > HOPS) {
                        return;
                    }
                    at.setLength(before);
                    List<String> names = names(met.target());
                    for (int i = names.size() - 1; i >= 0; i--) {
                        ahead.push(names.get(i));
                    }
                }
            }
        }
    }

    private static List<String> names(String target) {
        return Arrays.asList(target.split("/"));
    }
}
