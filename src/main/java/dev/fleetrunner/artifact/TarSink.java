package dev.fleetrunner.artifact;

import java.io.IOException;

/** What a {@link TarParser} tells of a tar: for every entry begin, its content in order, end. */
interface TarSink {
    void begin(TarEntry entry) throws IOException;

    void data(byte[] bytes, int from, int length) throws IOException;

    /** So many zeros of a sparse file. */
    void hole(long length) throws IOException;

    void end() throws IOException;

    /** Whether it wants no more; asked before each step. */
    boolean enough();
}
