package dev.fleetrunner.workspace;

import dev.fleetrunner.files.Shown;
import dev.fleetrunner.workspace.Node.Directory;
import dev.fleetrunner.workspace.Node.Symlink;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tree that an archive describes, while it is read. What tar does to a disk is done here to names: parents that are
 * not told are implied, and a second file or link of a name takes the place of the first. What would make that depend on
 * who unpacks it is refused.
 */
final class Tree {
    /** Of all names and targets of links, so that an archive cannot fill the memory with them. */
    private static final int TEXT = 64 << 20;

    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final int maxNodes;
    private long text;

    Tree(int maxNodes) {
        this.maxNodes = maxNodes;
    }

    /** Paths and what is there, each directory before what is in it. */
    SortedMap<String, Node> nodes() {
        return nodes;
    }

    /** What is at a path; null if nothing. */
    Node get(String path) {
        return nodes.get(path);
    }

    void put(String entry, String path, Node node) {
        if (path.isEmpty()) {
            if (!(node instanceof Directory)) {
                throw RefusedUpload.entry(entry, "has the name of the tree itself and is no directory; rename it");
            }
            return;
        }
        boolean directory = node instanceof Directory;
        Node there = nodes.get(path);
        if (there != null && directory != there instanceof Directory) {
            throw RefusedUpload.entry(entry, "is a directory and something else, too; keep one of them");
        }
        imply(entry, path, node.mtime());
        keep(path, node);
    }

    /** Goes up only to the first directory that is known: all above that one are. */
    private void imply(String entry, String path, long mtime) {
        for (int cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
            String parent = path.substring(0, cut);
            Node there = nodes.get(parent);
            if (there instanceof Directory) {
                return;
            }
            if (there != null) {
                String what = there instanceof Symlink ? "the symbolic link " : "the file ";
                throw RefusedUpload.entry(
                        entry, "goes through " + what + Shown.of(parent) + "; pack the real directory");
            }
            keep(parent, new Directory(Directory.USUAL_MODE, mtime));
        }
    }

    static RefusedUpload tooMany(int max) {
        return RefusedUpload.tooLarge(
                "the archive has more than " + max + " entries; pack less, or raise fleet.workspaces.max-entries");
    }

    private void keep(String path, Node node) {
        if (nodes.put(path, node) == null && nodes.size() > maxNodes) {
            throw tooMany(maxNodes);
        }
        text += path.length() + (node instanceof Symlink link ? link.target().length() : 0);
        if (text > TEXT) {
            throw RefusedUpload.tooLarge("the names in the archive have more than " + TEXT + " characters together");
        }
    }
}
