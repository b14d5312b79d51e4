package dev.fleetrunner.artifact;

import dev.fleetrunner.artifact.TarEntry.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a tar in whatever pieces it comes, holds no more of it than a header with its names, and waits for nobody: the
 * caller brings the bytes. Understands ustar, GNU and PAX, long names and sparse files among them. Anything that is no
 * tar ends in {@link DamagedTar}, never in another exception, and never in memory that the sender chooses.
 */
final class TarParser {
    /** Of long names and extended headers; extended attributes may be large, but not that large. */
    private static final int MAX_EXTENSION = 1 << 20;

    private enum State {
        HEADER,
        EXTENSION,
        SPARSE_HEADER,
        SPARSE_TEXT,
        DATA,
        PADDING,
        END
    }

    private final TarSink sink;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private State state = State.HEADER;
    private int filled;
    private long left;
    private int padding;
    private ByteArrayOutputStream extension;
    private char extensionType;
    private PaxRecords pax = PaxRecords.none();
    private Optional<byte[]> longName = Optional.empty();
    private Optional<byte[]> longLink = Optional.empty();
    private TarEntry entry;
    private SparseMap map;
    private SparseData sparse;

    TarParser(TarSink sink) {
        this.sink = sink;
    }

    void feed(byte[] bytes) throws IOException {
        int at = 0;
        while (at < bytes.length && state != State.END && !sink.enough()) {
            int available = bytes.length - at;
            at += switch (state) {
                case HEADER, SPARSE_HEADER, SPARSE_TEXT -> fill(bytes, at, available);
                case EXTENSION -> extension(bytes, at, available);
                case DATA -> data(bytes, at, available);
                case PADDING -> skip(available);
                case END -> available;
            };
        }
    }

    /** To be called when there is no more: fails if the tar should have gone on. */
    void finish() throws DamagedTar {
        if (state != State.END) {
            throw new DamagedTar("it ends too early");
        }
    }

    private int fill(byte[] bytes, int at, int available) throws IOException {
        int count = Math.min(TarHeader.BLOCK - filled, available);
        System.arraycopy(bytes, at, block, filled, count);
        filled += count;
        if (filled == TarHeader.BLOCK) {
            filled = 0;
            switch (state) {
                case HEADER -> header();
                case SPARSE_HEADER -> {
                    if (!map.extend(block)) {
                        begin();
                    }
                }
                default -> sparseText();
            }
        }
        return count;
    }

    private void header() throws IOException {
        if (TarHeader.endsTar(block)) {
            state = State.END;
            return;
        }
        TarHeader header = new TarHeader(block);
        switch (header.type()) {
            case 'x', 'X', 'g', 'L', 'K' -> {
                extensionType = header.type();
                extension = new ByteArrayOutputStream();
                body(header.size());
                if (left > MAX_EXTENSION) {
                    throw new DamagedTar("a name or an extended header has " + left + " bytes");
                }
                state = State.EXTENSION;
                if (left == 0) {
                    extended();
                }
            }
            default -> entry(header);
        }
    }

    private void body(long size) {
        left = size;
        padding = (int) ((TarHeader.BLOCK - size % TarHeader.BLOCK) % TarHeader.BLOCK);
    }

    private int extension(byte[] bytes, int at, int available) throws DamagedTar {
        int count = (int) Math.min(left, available);
        extension.write(bytes, at, count);
        left -= count;
        if (left == 0) {
            extended();
        }
        return count;
    }

    private void extended() throws DamagedTar {
        byte[] bytes = extension.toByteArray();
        extension = null;
        state = padding > 0 ? State.PADDING : State.HEADER;
        switch (extensionType) {
            case 'x', 'X' -> pax = PaxRecords.of(bytes);
            case 'L' -> longName = Optional.of(upToNul(bytes));
            case 'K' -> longLink = Optional.of(upToNul(bytes));
            default -> {
                // Global records speak of all entries; none of those that tars bear concerns what is kept.
            }
        }
    }

    private static byte[] upToNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOf(bytes, end);
    }

    private void entry(TarHeader header) throws IOException {
        byte[] name = pax.bytes("path").or(() -> longName).orElseGet(header::name);
        Kind kind = header.kind(name);
        byte[] link = pax.bytes("linkpath").or(() -> longLink).orElseGet(header::link);
        long stored = kind.bare() ? 0 : pax.size("size", header.size());
        entry = new TarEntry(pax.bytes("GNU.sparse.name").orElse(name), kind, link, stored, stored, header.mode());
        body(stored);
        long paxSize = pax.size("GNU.sparse.realsize", pax.size("GNU.sparse.size", -1));
        Optional<byte[]> paxMap = pax.bytes("GNU.sparse.map");
        boolean text = pax.size("GNU.sparse.major", 0) == 1;
        pax = PaxRecords.none();
        longName = Optional.empty();
        longLink = Optional.empty();
        if (kind == Kind.FILE && header.type() == 'S') {
            sized(header.sparseSize());
            map = SparseMap.ofHeader(block);
            if (SparseMap.extended(block)) {
                state = State.SPARSE_HEADER;
                return;
            }
        } else if (kind == Kind.FILE && paxSize >= 0 && text) {
            sized(paxSize);
            map = new SparseMap();
            state = State.SPARSE_TEXT;
            return;
        } else if (kind == Kind.FILE && paxSize >= 0 && paxMap.isPresent()) {
            sized(paxSize);
            map = SparseMap.ofText(paxMap.get());
        }
        begin();
    }

    private void sized(long size) {
        entry = new TarEntry(entry.name(), entry.kind(), entry.link(), entry.stored(), size, entry.mode());
    }

    private void sparseText() throws IOException {
        left -= TarHeader.BLOCK;
        if (left < 0) {
            throw new DamagedTar("a sparse map does not fit its file");
        }
        if (!map.read(block)) {
            begin();
        }
    }

    private void begin() throws IOException {
        sparse = map == null ? null : new SparseData(sink, map.regions(left, entry.size()), entry.size());
        map = null;
        sink.begin(entry);
        if (left > 0) {
            state = State.DATA;
        } else {
            end();
        }
    }

    private int data(byte[] bytes, int at, int available) throws IOException {
        int count = (int) Math.min(left, available);
        if (sparse == null) {
            sink.data(bytes, at, count);
        } else {
            sparse.data(bytes, at, count);
        }
        left -= count;
        if (left == 0) {
            end();
        }
        return count;
    }

    private void end() throws IOException {
        if (sparse != null) {
            sparse.end();
        }
        sink.end();
        state = padding > 0 ? State.PADDING : State.HEADER;
    }

    private int skip(int available) {
        int count = Math.min(padding, available);
        padding -= count;
        if (padding == 0) {
            state = State.HEADER;
        }
        return count;
    }
}
