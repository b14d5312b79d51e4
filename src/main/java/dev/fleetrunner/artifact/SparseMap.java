package dev.fleetrunner.artifact;

import java.util.ArrayList;
import java.util.List;

/** Where the stored bytes of a sparse file belong; all else in it is zero. Numbers come in pairs: offset, length. */
final class SparseMap {
    /** A map of more holes than that is an attack. */
    private static final int MAX_NUMBERS = 200_000;

    private static final int IN_HEADER = 4;
    private static final int IN_EXTENSION = 21;
    private static final int PAIR = 24;

    private final List<Long> numbers = new ArrayList<>();
    private long digits = -1;
    private long announced = -1;

    /** GNU tar's own form: four regions in the header. */
    static SparseMap ofHeader(byte[] block) throws DamagedTar {
        SparseMap map = new SparseMap();
        map.addPairs(block, 386, IN_HEADER);
        return map;
    }

    /** Whether a block of further regions follows the header. */
    static boolean extended(byte[] header) {
        return header[482] != 0;
    }

    /** Takes such a block; returns whether another one follows. */
    boolean extend(byte[] block) throws DamagedTar {
        addPairs(block, 0, IN_EXTENSION);
        return block[504] != 0;
    }

    private void addPairs(byte[] block, int start, int count) throws DamagedTar {
        for (int at = start; at < start + count * PAIR && block[at] != 0; at += PAIR) {
            add(TarHeader.size(block, at));
            add(TarHeader.size(block, at + PAIR / 2));
        }
    }

    /** Takes a block of the text form that precedes the data; returns whether the map goes on in the next one. */
    boolean read(byte[] block) throws DamagedTar {
        for (int at = 0; at < block.length && !complete(); at++) {
            character(block[at], (byte) '\n');
        }
        return !complete();
    }

    private boolean complete() {
        return announced >= 0 && numbers.size() >= 2 * announced;
    }

    /** The comma-separated form in an extended header. */
    static SparseMap ofText(byte[] text) throws DamagedTar {
        SparseMap map = new SparseMap();
        map.announced = 0;
        for (byte c : text) {
            map.character(c, (byte) ',');
        }
        map.character((byte) ',', (byte) ',');
        return map;
    }

    private void character(byte c, byte separator) throws DamagedTar {
        if (c >= '0' && c <= '9' && digits <= Long.MAX_VALUE / 10 - 1) {
            digits = Math.max(digits, 0) * 10 + (c - '0');
        } else if (c == separator && digits >= 0) {
            if (announced < 0) {
                announced = Math.min(digits, MAX_NUMBERS);
            } else {
                add(digits);
            }
            digits = -1;
        } else {
            throw new DamagedTar("a sparse map cannot be read");
        }
    }

    private void add(long number) throws DamagedTar {
        if (numbers.size() == MAX_NUMBERS) {
            throw new DamagedTar("a sparse map has more than " + MAX_NUMBERS / 2 + " regions");
        }
        numbers.add(number);
    }

    /** The regions as offset, length, offset, length …, if they fit a file of this size with so many stored bytes. */
    long[] regions(long stored, long size) throws DamagedTar {
        long end = 0;
        long sum = 0;
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            long offset = numbers.get(i);
            long length = numbers.get(i + 1);
            if (offset < end || length > size - offset) {
                throw new DamagedTar("a sparse map does not fit its file");
            }
            end = offset + length;
            sum += length;
        }
        if (sum != stored || numbers.size() % 2 != 0) {
            throw new DamagedTar("a sparse map does not fit its file");
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
