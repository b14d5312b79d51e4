package dev.fleetrunner.logs;

import java.util.Arrays;
import java.util.Base64;

/** Takes back the escapes of a JSON string that {@link RecordEncoder} wrote. */
final class Escapes {
    private static final int UNICODE = 6;

    private Escapes() {}

    /** How many bytes the string stands for; -1 if it is damaged. */
    static int length(byte[] text, int from, int to) {
        int escaped = 0;
        int i = from;
        while (i < to) {
            byte value = text[i];
            if (value == '\\') {
                int width = width(text, i, to);
                if (width < 0) {
                    return -1;
                }
                escaped += width - 1;
                i += width;
            } else if (value == '"' || value >= 0 && value < ' ') {
                return -1;
            } else {
                i++;
            }
        }
        return to - from - escaped;
    }

    private static int width(byte[] text, int at, int to) {
        if (at + 1 >= to) {
            return -1;
        }
        if (text[at + 1] != 'u') {
            return "\"\\trbfn".indexOf(text[at + 1]) < 0 ? -1 : 2;
        }
        return at + UNICODE <= to && hex(text[at + 4]) >= 0 && hex(text[at + 5]) >= 0 ? UNICODE : -1;
    }

    /** The bytes that an undamaged string stands for, with {@code room} more behind them. */
    static byte[] decode(byte[] text, int from, int to, int room) {
        byte[] plain = new byte[to - from + room];
        int size = 0;
        int i = from;
        while (i < to) {
            byte value = text[i++];
            if (value == '\\') {
                byte escape = text[i++];
                if (escape == 'u') {
                    value = (byte) (hex(text[i + 2]) << 4 | hex(text[i + 3]));
                    i += UNICODE - 2;
                } else {
                    value = single(escape);
                }
            }
            plain[size++] = value;
        }
        return size + room == plain.length ? plain : Arrays.copyOf(plain, size + room);
    }

    private static byte single(byte escape) {
        return switch (escape) {
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            default -> escape;
        };
    }

    /** How many bytes the text in base 64 stands for; -1 if it is damaged. */
    static int base64Length(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 0 || length % 4 != 0) {
            return -1;
        }
        int padding = text[to - 1] != '=' ? 0 : text[to - 2] != '=' ? 1 : 2;
        return length / 4 * 3 - padding;
    }

    static byte[] base64(byte[] text, int from, int to) {
        return Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to));
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
