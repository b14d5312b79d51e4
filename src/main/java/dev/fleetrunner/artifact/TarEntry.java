package dev.fleetrunner.artifact;

/**
 * One entry of a tar, not to be trusted.
 *
 * @param name as it is in the tar: any bytes
 * @param link the other name of a link; empty where there is none
 * @param stored bytes of it in the tar
 * @param size bytes of the file; more than stored if it is sparse
 * @param mode the permission bits
 */
record TarEntry(byte[] name, Kind kind, byte[] link, long stored, long size, int mode) {
    enum Kind {
        FILE,
        DIRECTORY,
        HARD_LINK,
        SYMLINK,
        DEVICE,
        FIFO,
        OTHER;

        /** Whether nothing follows the header, whatever size it tells. */
        boolean bare() {
            return this != FILE && this != OTHER;
        }
    }
}
