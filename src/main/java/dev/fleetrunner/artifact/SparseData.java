package dev.fleetrunner.artifact;

import java.io.IOException;

/** Puts the stored bytes of a sparse file where they belong and tells of the holes between them. */
final class SparseData {
    private final TarSink sink;
    private final long[] regions;
    private final long size;
    private int region;
    private long at;

    /** @param regions in order, within the size: offset, length, offset, length … */
    SparseData(TarSink sink, long[] regions, long size) {
        this.sink = sink;
        this.regions = regions;
        this.size = size;
    }

    void data(byte[] bytes, int from, int length) throws IOException {
        int start = from;
        int left = length;
        while (left > 0) {
            long end = regions[region] + regions[region + 1];
            if (at >= end) {
                region += 2;
                continue;
            }
            holeUpTo(regions[region]);
            int count = (int) Math.min(left, end - at);
            sink.data(bytes, start, count);
            at += count;
            start += count;
            left -= count;
        }
    }

    void end() throws IOException {
        holeUpTo(size);
    }

    private void holeUpTo(long offset) throws IOException {
        if (offset > at) {
            sink.hole(offset - at);
            at = offset;
        }
    }
}
