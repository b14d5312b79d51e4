package dev.fleetrunner.runtime.engine;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whole lines out of buffers that are cut anywhere; the engine's JSON streams come so. */
final class Lines {
    private byte[] rest = {};

    private Lines() {}

    /** The lines of a stream; what follows the last newline is left out. */
    static Multi<byte[]> of(Multi<Buffer> stream) {
        return Multi.createFrom().deferred(() -> {
            var lines = new Lines();
            return stream.onItem()
                    .transformToMultiAndConcatenate(bytes -> Multi.createFrom().iterable(lines.add(bytes.getBytes())));
        });
    }

    private List<byte[]> add(byte[] bytes) {
        byte[] all = Arrays.copyOf(rest, rest.length + bytes.length);
        System.arraycopy(bytes, 0, all, rest.length, bytes.length);
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < all.length; at++) {
            if (all[at] == '\n') {
                if (at > start) {
                    lines.add(Arrays.copyOfRange(all, start, at));
                }
                start = at + 1;
            }
        }
        rest = Arrays.copyOfRange(all, start, all.length);
        return lines;
    }
}
