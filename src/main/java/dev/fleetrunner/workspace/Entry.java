package dev.fleetrunner.workspace;

/**
 * One entry of an upload, not to be trusted.
 *
 * @param name as the archive has it
 * @param link where a link leads, as the archive has it; empty where there is none
 * @param mode the bits for reading, writing and executing
 * @param mtime in seconds since 1970, within what a tar can tell
 * @param size what the archive says that its content has
 */
record Entry(String name, Kind kind, String link, int mode, long mtime, long size) {
    enum Kind {
        FILE,
        DIRECTORY,
        HARD_LINK,
        SYMLINK,
        DEVICE,
        FIFO,
        SOCKET,
        OTHER
    }

    private static final int RWX = 0777;
    /** Eleven octal digits. */
    private static final long LATEST = 077777777777L;

    Entry {
        mode &= RWX;
        mtime = Math.max(0, Math.min(LATEST, mtime));
    }
}
