package dev.fleetrunner.console.artifacts;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.files.Shown;
import dev.fleetrunner.web.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Files in their directories, as a list of rows: each is one step deeper, one step back, or a file.
 *
 * @param count how many files there are
 * @param size of all of them, in words
 * @param more how many are not shown
 */
public record ArtifactTree(List<Row> rows, int count, String size, int more) {
    private static final int SHOWN = 300;
    private static final int DIGITS = 12;

    /**
     * A row of the tree.
     *
     * @param kind {@code open} before what is in a directory, {@code close} behind it, or {@code file}
     * @param name of the directory or file; null for {@code close}
     * @param look where to look into the file
     * @param href where to download it
     * @param digest the beginning of its SHA-256
     */
    public record Row(String kind, String name, String look, String href, String size, String sha256, String digest) {
        static Row open(String name) {
            return new Row("open", Shown.of(name), null, null, null, null, null);
        }

        static Row close() {
            return new Row("close", null, null, null, null, null, null);
        }

        static Row file(String taskId, String name, ArtifactFile file) {
            return new Row(
                    "file",
                    Shown.of(name),
                    ArtifactTree.look(taskId, file.path()),
                    Address.ofArtifact(taskId, file.path()),
                    Words.bytes(file.size()),
                    file.sha256(),
                    file.sha256().substring(0, DIGITS));
        }
    }

    /** Where to look into a file. */
    public static String look(String taskId, String path) {
        return "/tasks/" + taskId + "/files/" + Address.encoded(path).replace("%2F", "/");
    }

    /**
     * @param files in the order of their paths' bytes
     */
    public static ArtifactTree of(String taskId, List<ArtifactFile> files) {
        List<Row> rows = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (ArtifactFile file : files.subList(0, Math.min(SHOWN, files.size()))) {
            List<String> path = List.of(file.path().split("/"));
            List<String> directories = path.subList(0, path.size() - 1);
            int common = 0;
            while (common < Math.min(open.size(), directories.size())
                    && open.get(common).equals(directories.get(common))) {
                common++;
            }
            for (int i = open.size(); i > common; i--) {
                rows.add(Row.close());
            }
            directories.subList(common, directories.size()).forEach(name -> rows.add(Row.open(name)));
            open = directories;
            rows.add(Row.file(taskId, path.get(path.size() - 1), file));
        }
        open.forEach(name -> rows.add(Row.close()));
        long bytes = files.stream().mapToLong(ArtifactFile::size).sum();
        return new ArtifactTree(List.copyOf(rows), files.size(), Words.bytes(bytes), Math.max(0, files.size() - SHOWN));
    }
}
