package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.runtime.ContainerSpec.Secret;
import io.vertx.mutiny.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** A task's secrets as {@code fleet-init} reads them from its standard input; {@code secrets.h} describes the form. */
final class SecretBlock {
    private SecretBlock() {}

    static Buffer of(List<Secret> secrets) {
        var block = io.vertx.core.buffer.Buffer.buffer();
        for (Secret secret : secrets) {
            byte[] value = secret.value().bytes();
            block.appendByte((byte) (secret instanceof Secret.File ? 'F' : 'E'))
                    .appendBytes(secret.name().getBytes(StandardCharsets.UTF_8))
                    .appendByte((byte) 0)
                    .appendInt(value.length)
                    .appendBytes(value)
                    .appendByte((byte) 0);
        }
        byte[] bytes = block.getBytes();
        return Buffer.buffer(
                HexFormat.of().toHexDigits(bytes.length) + HexFormat.of().formatHex(bytes));
    }
}
