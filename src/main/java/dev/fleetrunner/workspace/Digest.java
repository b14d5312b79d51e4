package dev.fleetrunner.workspace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** A SHA-256 over fields that cannot run into each other: text bears its length. */
final class Digest {
    private final MessageDigest sha256 = DigestUtils.getSha256Digest();

    Digest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        sha256.update(bytes);
        return this;
    }

    Digest number(long number) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    /** Content; its length has to be told before. */
    Digest bytes(byte[] bytes, int length) {
        sha256.update(bytes, 0, length);
        return this;
    }

    /** So many hexadecimal digits of it; nothing can be added after that. */
    String hex(int digits) {
        return HexFormat.of().formatHex(sha256.digest()).substring(0, digits);
    }
}
