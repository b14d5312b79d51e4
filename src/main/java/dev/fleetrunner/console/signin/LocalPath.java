package dev.fleetrunner.console.signin;

/** Where to go after signing in: a path of ours, and nothing that a browser could take for another site. */
final class LocalPath {
    private static final String HOME = "/";

    private LocalPath() {}

    /** The path if it is one of ours, else the home page; null is none. */
    static String of(String path) {
        return path != null && isLocal(path) ? path : HOME;
    }

    /**
     * Browsers read {@code //} and {@code /\} as the beginning of a host, and drop tabs and line ends before they look.
     *
     * @see <a href="https://url.spec.whatwg.org/#url-parsing">URL Standard</a>
     */
    private static boolean isLocal(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }
}
