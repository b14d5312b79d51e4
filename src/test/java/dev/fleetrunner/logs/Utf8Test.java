package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static final int[] EDGES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void agreesWithTheDecoderOfThePlatform() {
        Random random = new Random(1);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(4)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) EDGES[random.nextInt(EDGES.length)];
            }
            boolean expected = decodes(bytes);
            valid += expected ? 1 : 0;

            assertThat(Utf8.valid(bytes, 0, bytes.length))
                    .as(Arrays.toString(bytes))
                    .isEqualTo(expected);
        }
        assertThat(valid).isPositive();
    }

    @Test
    void findsHowMuchOfACharacterIsThere() {
        for (String character : new String[] {"é", "日", "😀"}) {
            byte[] bytes = ("a" + character).getBytes(StandardCharsets.UTF_8);
            for (int there = 1; there < bytes.length - 1; there++) {
                assertThat(Utf8.incompleteTail(bytes, 0, 1 + there)).isEqualTo(there);
            }
            assertThat(Utf8.incompleteTail(bytes, 0, bytes.length)).isZero();
        }
    }

    @Test
    void whatCanNeverBecomeACharacterIsNoTail() {
        assertThat(Utf8.incompleteTail(new byte[] {(byte) 0xED, (byte) 0xA0}, 0, 2))
                .isZero();
        assertThat(Utf8.incompleteTail(new byte[] {(byte) 0xFF}, 0, 1)).isZero();
        assertThat(Utf8.incompleteTail(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80}, 0, 3))
                .isZero();
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }
}
