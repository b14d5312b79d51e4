package dev.fleetrunner.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The form of the tokens that the service makes: {@code fleet_}, 256 random bits, and a checksum over both, in
 * hexadecimal. Scanners find it in files, and what was mistyped or cut is told apart without asking the store.
 */
public final class TokenForm {
    private static final String PREFIX = "fleet_";
    private static final int RANDOM_BYTES = 32;
    private static final int CHECKSUM_DIGITS = 8;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{72}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenForm() {}

    /** A new token. */
    public static String fresh() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        String body = PREFIX + HexFormat.of().formatHex(bytes);
        return body + checksum(body);
    }

    /** Whether the service may have made it: nobody guesses one of these. */
    public static boolean fits(String token) {
        if (!FORM.matcher(token).matches()) {
            return false;
        }
        int end = token.length() - CHECKSUM_DIGITS;
        return token.substring(end).equals(checksum(token.substring(0, end)));
    }

    /** As it is kept: SHA-256. A slow hash would guard words that people choose, and gains nothing on 256 random bits. */
    public static String hash(String token) {
        return HexFormat.of().formatHex(digest(token));
    }

    static byte[] digest(String token) {
        return DigestUtils.sha256(token);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
