package dev.fleetrunner.artifact;

import dev.fleetrunner.artifact.TarEntry.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** A block of 512 bytes as POSIX ustar, GNU tar and their forebears write it. */
final class TarHeader {
    static final int BLOCK = 512;

    private final byte[] block;

    /** Looks at the block without copying it. */
    TarHeader(byte[] block) throws DamagedTar {
        this.block = block;
        if (!checked(block)) {
            throw new DamagedTar("a header has a wrong checksum");
        }
    }

    private static boolean checked(byte[] block) {
        try {
            return TarUtils.verifyCheckSum(block);
        } catch (IllegalArgumentException noNumber) {
            return false;
        }
    }

    /** Whether a tar ends here. */
    static boolean endsTar(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    char type() {
        return (char) (block[156] & 0xFF);
    }

    Kind kind(byte[] name) {
        return switch (type()) {
            // Before ustar a directory was a file whose name ends with a slash.
            case '0', '\0', '7', 'S' -> name.length > 0 && name[name.length - 1] == '/' ? Kind.DIRECTORY : Kind.FILE;
            case '1' -> Kind.HARD_LINK;
            case '2' -> Kind.SYMLINK;
            case '3', '4' -> Kind.DEVICE;
            case '5' -> Kind.DIRECTORY;
            case '6' -> Kind.FIFO;
            default -> Kind.OTHER;
        };
    }

    byte[] name() {
        boolean ustar = text(257, 6).length == 5 && block[257] == 'u';
        byte[] prefix = ustar ? text(345, 155) : new byte[0];
        if (prefix.length == 0) {
            return text(0, 100);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(prefix);
        whole.write('/');
        whole.writeBytes(text(0, 100));
        return whole.toByteArray();
    }

    byte[] link() {
        return text(157, 100);
    }

    int mode() throws DamagedTar {
        return (int) (number(block, 100, 8) & 0xFFF);
    }

    long size() throws DamagedTar {
        return size(block, 124);
    }

    /** Of the sparse file that {@link SparseMap#ofHeader} describes. */
    long sparseSize() throws DamagedTar {
        return size(block, 483);
    }

    /** A number of bytes in 12 bytes at this place. */
    static long size(byte[] block, int at) throws DamagedTar {
        long size = number(block, at, 12);
        if (size < 0) {
            throw new DamagedTar("an entry has a negative size");
        }
        return size;
    }

    private static long number(byte[] block, int at, int length) throws DamagedTar {
        try {
            return TarUtils.parseOctalOrBinary(block, at, length);
        } catch (IllegalArgumentException notOne) {
            throw new DamagedTar("a header has a number that is none");
        }
    }

    private byte[] text(int at, int max) {
        int end = at;
        while (end < at + max && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, at, end);
    }
}
