package dev.fleetrunner.report;

/** Sizes for people. */
final class Bytes {
    private Bytes() {}

    static String inWords(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}
