package dev.fleetrunner.logs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/** The index of a sealed log in a file beside it. It saves a scan and is worth nothing more: a damaged one is ignored. */
final class Sidecar {
    private static final int MAGIC = 0x464C4931;
    private static final int CHECKSUM = Long.BYTES;

    private Sidecar() {}

    static void write(Path file, LogState state, SparseIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        write(out, state.end());
        out.writeLong(state.droppedBytes());
        out.writeBoolean(state.truncated());
        var entries = index.entries();
        out.writeInt(entries.size());
        for (LogPosition entry : entries) {
            write(out, entry);
        }
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, bytes.toByteArray());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The sealed state, if the sidecar is there, whole, and speaks of a log of this size; fills the index then. */
    static Optional<LogState> read(Path file, long logSize, SparseIndex index) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        int body = bytes.length - CHECKSUM;
        if (body < 0) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        byte[] expected = Arrays.copyOfRange(bytes, body, bytes.length);
        long sum = new DataInputStream(new ByteArrayInputStream(expected)).readLong();
        if (sum != checksum(bytes, body) || in.readInt() != MAGIC) {
            return Optional.empty();
        }
        LogPosition end = position(in);
        if (end.fileBytes() != logSize) {
            return Optional.empty();
        }
        LogState state = new LogState(end, in.readLong(), in.readBoolean(), true);
        for (int left = in.readInt(); left > 0; left--) {
            index.add(position(in));
        }
        return Optional.of(state);
    }

    private static void write(DataOutputStream out, LogPosition position) throws IOException {
        out.writeLong(position.records());
        out.writeLong(position.fileBytes());
        out.writeLong(position.stdoutBytes());
        out.writeLong(position.stderrBytes());
    }

    private static LogPosition position(DataInputStream in) throws IOException {
        return new LogPosition(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
