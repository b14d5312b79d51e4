package dev.fleetrunner.secret;

import dev.fleetrunner.contract.SecretValue;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * Secrets as files of a directory, each named like its secret, as Docker, Podman and Kubernetes mount them. A file may be a
 * link that stays in the directory (Kubernetes has {@code name -> ..data/name}). Others may read it, as they may in such
 * mounts, but not write it.
 */
public final class DirectorySecrets implements SecretSource {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Set<PosixFilePermission> FOREIGN_HANDS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path directory;
    private final Executor worker;

    /**
     * @param worker for reading the files
     */
    public DirectorySecrets(Path directory, Executor worker) {
        this.directory = directory;
        this.worker = worker;
    }

    @Override
    public Uni<Optional<SecretValue>> find(String name) {
        return Uni.createFrom().item(() -> read(name)).runSubscriptionOn(worker);
    }

    private Optional<SecretValue> read(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            Path home = directory.toRealPath();
            Path file = home.resolve(name).toRealPath();
            if (!file.startsWith(home)) {
                throw refuse(name, "is a link that leaves fleet.secrets.dir");
            }
            if (!Files.isRegularFile(file)) {
                throw refuse(name, "is no file");
            }
            if (Files.getPosixFilePermissions(file).stream().anyMatch(FOREIGN_HANDS::contains)) {
                throw refuse(name, "may be written by others than its owner");
            }
            try (InputStream in = Files.newInputStream(file)) {
                // One byte more than is allowed tells that it is too much.
                return Optional.of(new SecretValue(in.readNBytes(Secrets.MAX_BYTES + 1)));
            }
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException unreadable) {
            throw refuse(name, "cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    private static Unusable refuse(String name, String why) {
        return new Unusable("the secret " + name + " " + why, "ask the operator to look at its file");
    }
}
