package dev.fleetrunner.runtime.engine;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The first process of every container, built from {@code src/main/init} and carried in the service.
 *
 * @param bytes a static executable for the engine's architecture
 * @param digest the first 12 hexadecimal digits of its SHA-256
 */
record InitBinary(byte[] bytes, String digest) {

    /**
     * The one for an architecture.
     *
     * @param architecture as the engine names it: {@code x86_64}, {@code aarch64}, {@code amd64}, {@code arm64}
     * @throws IllegalStateException if this build of the service carries none for it
     */
    static InitBinary of(String architecture) {
        String name = "/init/fleet-init-linux-" + normal(architecture);
        try (InputStream in = InitBinary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build carries no fleet-init for " + architecture
                        + "; run src/main/init/build.sh on such a machine and build the service again");
            }
            byte[] bytes = in.readAllBytes();
            return new InitBinary(bytes, DigestUtils.sha256Hex(bytes).substring(0, 12));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String normal(String architecture) {
        return switch (architecture) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> architecture;
        };
    }
}
