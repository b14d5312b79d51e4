package dev.fleetrunner.contract;

/**
 * Paths of mounts that mean no more than a path. Engines write a mount as a list of words and read it again, as Podman does
 * with {@code type=volume,source=S,target=T}: behind a comma in a path there could be options, the machine's directories
 * among them.
 *
 * @see <a href="https://docs.podman.io/en/v4.3/markdown/podman-create.1.html">podman create, --mount</a>
 */
public final class MountPath {
    private MountPath() {}

    /** Whether it has no comma, colon, quotation mark or control character in it. */
    public static boolean isPlain(String path) {
        return path.chars().noneMatch(c -> c == ',' || c == ':' || c == '"' || Character.isISOControl(c));
    }
}
