package dev.fleetrunner.logs;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Some whole lines of a log file. The file is opened for each piece and closed again, so that a reader who waits, however
 * many of them there are, holds no file open.
 *
 * @param bytes the lines, each with its newline, from the start to {@code length}
 */
record Lines(byte[] bytes, int length) {
    private static final int PIECE = 128 * 1024;

    /** The whole lines that begin at {@code from} and end before {@code to}, about 128 KiB; empty if there is none. */
    static Lines read(Path file, long from, long to) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, from, to);
        }
    }

    static Lines read(FileChannel channel, long from, long to) throws IOException {
        byte[] bytes = new byte[(int) Math.min(PIECE, to - from)];
        int size = 0;
        while (true) {
            fill(channel, bytes, size, from);
            int whole = lastNewline(bytes, size) + 1;
            size = bytes.length;
            if (whole > 0 || from + size == to) {
                return new Lines(bytes, whole);
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(size * 2L, to - from));
        }
    }

    private static void fill(FileChannel channel, byte[] bytes, int size, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, size, bytes.length - size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the log file is shorter than its log");
            }
        }
    }

    private static int lastNewline(byte[] bytes, int lowest) {
        for (int i = bytes.length - 1; i >= lowest; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Where the line that begins at {@code from} ends: its newline. */
    int newline(int from) {
        int i = from;
        while (bytes[i] != '\n') {
            i++;
        }
        return i;
    }
}
