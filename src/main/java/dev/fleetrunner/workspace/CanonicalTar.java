package dev.fleetrunner.workspace;

import dev.fleetrunner.workspace.Node.Content;
import dev.fleetrunner.workspace.Node.Directory;
import dev.fleetrunner.workspace.Node.Symlink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a tree as the one tar of it: {@code ./}, then all else in the order of the names, which puts a directory before
 * what is in it; of the names of a file the first has its content, and the others are links to that one.
 *
 * <p>The id is made of kinds, modes, names, targets and contents. Times are in the tar but not in the id: a second
 * checkout of the same sources is the same content.
 */
final class CanonicalTar {
    private static final int ID_DIGITS = 32;
    private static final int PIECE = 64 * 1024;

    private final Contents contents;
    private final TarArchiveOutputStream tar;
    private final Digest digest = new Digest();
    private final Map<Content, String> written = new IdentityHashMap<>();
    private final byte[] piece = new byte[PIECE];
    private int files;
    private long bytes;

    /** What was written: the id, how many names of files, and the bytes of the files. */
    record Summary(String id, int files, long sizeBytes) {}

    private CanonicalTar(Contents contents, OutputStream out) {
        this.contents = contents;
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    static Summary write(Tree tree, Contents contents, OutputStream out) throws IOException {
        CanonicalTar writing = new CanonicalTar(contents, out);
        writing.root();
        for (Map.Entry<String, Node> node : tree.nodes().entrySet()) {
            writing.node(node.getKey(), node.getValue());
        }
        writing.tar.finish();
        out.flush();
        return new Summary("ws-" + writing.digest.hex(ID_DIGITS), writing.files, writing.bytes);
    }

    /** The same in every tree, and therefore in no id. */
    private void root() throws IOException {
        put(header("./", TarConstants.LF_DIR, new Directory(Directory.USUAL_MODE, 0)));
    }

    private void node(String path, Node node) throws IOException {
        if (node instanceof Directory) {
            tell('d', path, node.mode());
            put(header(path + "/", TarConstants.LF_DIR, node));
        } else if (node instanceof Symlink link) {
            tell('l', path, node.mode()).text(link.target());
            put(link(path, TarConstants.LF_SYMLINK, link.target(), node));
        } else if (node instanceof Content content) {
            files++;
            String first = written.putIfAbsent(content, path);
            if (first != null) {
                tell('h', path, 0).text(first);
                put(link(path, TarConstants.LF_LINK, first, node));
            } else {
                content(path, content);
            }
        }
    }

    private Digest tell(char kind, String path, int mode) {
        return digest.number(kind).text(path).number(mode);
    }

    private void content(String path, Content content) throws IOException {
        bytes += content.size();
        tell('f', path, content.mode()).number(content.size());
        TarArchiveEntry entry = header(path, TarConstants.LF_NORMAL, content);
        entry.setSize(content.size());
        tar.putArchiveEntry(entry);
        for (long at = 0; at < content.size(); at += PIECE) {
            int length = (int) Math.min(PIECE, content.size() - at);
            contents.read(ByteBuffer.wrap(piece, 0, length), content.offset() + at);
            digest.bytes(piece, length);
            tar.write(piece, 0, length);
        }
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry link(String path, byte kind, String target, Node node) {
        TarArchiveEntry entry = header(path, kind, node);
        entry.setLinkName(target);
        return entry;
    }

    private static TarArchiveEntry header(String name, byte kind, Node node) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setMode(node.mode());
        entry.setLastModifiedTime(FileTime.from(node.mtime(), TimeUnit.SECONDS));
        return entry;
    }

    private void put(TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
