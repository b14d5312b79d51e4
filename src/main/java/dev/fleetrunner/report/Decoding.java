package dev.fleetrunner.report;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes to characters: by the byte order mark, by the zero bytes of UTF-16, by what the XML declaration says, and else
 * UTF-8. Bytes that mean nothing become U+FFFD.
 */
final class Decoding {
    /** Enough for an XML declaration. */
    private static final int PEEK = 200;

    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    /** What tools really declare beside UTF-8; a stateful charset would be another way in. */
    private static final Set<String> KNOWN =
            Set.of("iso-8859-1", "iso-8859-15", "windows-1252", "windows-1251", "latin1", "gbk", "shift_jis");

    private Decoding() {}

    static BufferedReader open(InputStream bytes) throws IOException {
        byte[] peek = bytes.readNBytes(PEEK);
        int mark = byteOrderMark(peek);
        InputStream rest = new SequenceInputStream(new ByteArrayInputStream(peek, mark, peek.length - mark), bytes);
        return new BufferedReader(new InputStreamReader(rest, charset(peek)), Sniffer.HEAD);
    }

    private static int byteOrderMark(byte[] peek) {
        if (at(peek, 0) == 0xEF && at(peek, 1) == 0xBB && at(peek, 2) == 0xBF) {
            return 3;
        }
        return utf16Mark(peek) == null ? 0 : 2;
    }

    private static Charset charset(byte[] peek) {
        Charset marked = utf16Mark(peek);
        if (marked != null) {
            return marked;
        }
        if (peek.length > 1 && (peek[0] == 0) != (peek[1] == 0)) {
            return peek[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        Matcher declared = DECLARED.matcher(new String(peek, StandardCharsets.ISO_8859_1));
        if (declared.find() && KNOWN.contains(declared.group(1).toLowerCase(Locale.ROOT))) {
            String name = declared.group(1);
            return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        }
        return StandardCharsets.UTF_8;
    }

    private static Charset utf16Mark(byte[] peek) {
        int mark = at(peek, 0) << 8 | at(peek, 1);
        return mark == 0xFEFF ? StandardCharsets.UTF_16BE : mark == 0xFFFE ? StandardCharsets.UTF_16LE : null;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : 0;
    }
}
