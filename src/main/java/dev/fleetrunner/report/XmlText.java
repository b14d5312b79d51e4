package dev.fleetrunner.report;

import java.io.IOException;
import java.io.Reader;

/**
 * Stands between a file and the XML parser, which holds attributes, comments and CDATA sections whole in memory and stops
 * at characters that XML does not allow. Cuts values short, leaves out comments and processing instructions, deals out
 * CDATA in pieces, lets no document type through, and puts {@code ␛} and U+FFFD for forbidden characters, which
 * test reports are full of (colours).
 */
final class XmlText extends Reader {
    private static final int BLOCK = 8192;
    private static final int MAX_TAG = 64 * 1024;
    private static final int MAX_VALUES = 256 * 1024;
    private static final int CDATA_PIECE = 8192;
    private static final int MAX_REFERENCE = 12;
    private static final String CDATA = "<![CDATA[";

    private enum In {
        TEXT,
        MARKUP,
        TAG,
        VALUE,
        COMMENT,
        INSTRUCTION,
        CDATA
    }

    private final Reader from;
    private final char[] block = new char[BLOCK];
    private final StringBuilder out = new StringBuilder(2 * BLOCK);
    private final StringBuilder held = new StringBuilder();
    private int served;
    private In in = In.TEXT;
    private boolean reference;
    private char quote;
    private int tagLength;
    private int valueLength;
    private int piece;
    private char last;
    private char beforeLast;
    private Malformed fault;

    XmlText(Reader from) {
        this.from = from;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        while (served == out.length()) {
            if (fault != null) {
                throw fault;
            }
            out.setLength(0);
            served = 0;
            int count = from.read(block, 0, BLOCK);
            if (count < 0) {
                return -1;
            }
            take(count);
        }
        int count = Math.min(length, out.length() - served);
        out.getChars(served, served + count, into, offset);
        served += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        from.close();
    }

    /** What stands before a fault is still served. */
    private void take(int count) {
        try {
            for (int i = 0; i < count; i++) {
                take(block[i]);
            }
        } catch (Malformed found) {
            fault = found;
        }
    }

    private void take(char c) throws Malformed {
        switch (in) {
            case TEXT -> text(c);
            case MARKUP -> markup(c);
            case TAG -> tag(c);
            case VALUE -> value(c);
            case COMMENT -> leaveOut(c == '>' && last == '-' && beforeLast == '-');
            case INSTRUCTION -> leaveOut(c == '>' && last == '?');
            case CDATA -> cdata(c);
        }
        beforeLast = last;
        last = c;
    }

    private void text(char c) {
        if (c == '<') {
            endReference();
            in = In.MARKUP;
            held.append(c);
        } else {
            character(c, true);
        }
    }

    private void markup(char c) throws Malformed {
        held.append(c);
        if (held.length() == 2 && c == '?') {
            enter(In.INSTRUCTION);
        } else if (held.length() == 2 && c != '!') {
            out.append(held.charAt(0));
            enter(In.TAG);
            tagLength = 0;
            valueLength = 0;
            tag(c);
        } else if (held.toString().equals("<!--")) {
            enter(In.COMMENT);
            // Or else <!--> would be a whole comment.
            last = 0;
            beforeLast = 0;
        } else if (held.toString().equals(CDATA)) {
            out.append(CDATA);
            piece = 0;
            enter(In.CDATA);
        } else if (!CDATA.startsWith(held.toString()) && !"<!--".startsWith(held.toString())) {
            throw new Malformed("it has a document type or other markup where none may be");
        }
    }

    private void enter(In next) {
        held.setLength(0);
        in = next;
    }

    private void tag(char c) throws Malformed {
        if (++tagLength > MAX_TAG) {
            throw new Malformed("a tag is longer than " + MAX_TAG + " characters");
        }
        out.append(allowed(c));
        if (c == '>') {
            in = In.TEXT;
        } else if (c == '"' || c == '\'') {
            quote = c;
            in = In.VALUE;
        }
    }

    private void value(char c) {
        if (c == quote) {
            endReference();
            out.append(c);
            in = In.TAG;
            return;
        }
        boolean second = Character.isLowSurrogate(c) && valueLength == MAX_VALUES;
        character(c, ++valueLength <= MAX_VALUES || second);
    }

    private void leaveOut(boolean atItsEnd) {
        if (atItsEnd) {
            in = In.TEXT;
        }
    }

    private void cdata(char c) {
        out.append(allowed(c));
        if (c == '>' && last == ']' && beforeLast == ']') {
            in = In.TEXT;
        } else if (++piece >= CDATA_PIECE && c != ']' && !Character.isHighSurrogate(c)) {
            out.append("]]>").append(CDATA);
            piece = 0;
        }
    }

    /** One character of text or of a value; references are kept together, as a part of one would be malformed. */
    private void character(char c, boolean wanted) {
        if (c == '&') {
            endReference();
            reference = wanted;
        }
        if (!reference) {
            if (wanted && c != '&') {
                out.append(allowed(c));
            }
            return;
        }
        held.append(c);
        if (c == ';' || held.length() > MAX_REFERENCE) {
            endReference();
        }
    }

    private void endReference() {
        if (reference) {
            out.append(reference(held.toString()));
            held.setLength(0);
            reference = false;
        }
    }

    private static String reference(String text) {
        if (!text.startsWith("&#") || !text.endsWith(";")) {
            return text;
        }
        try {
            boolean hex = text.startsWith("&#x");
            int code = Integer.parseInt(text.substring(hex ? 3 : 2, text.length() - 1), hex ? 16 : 10);
            boolean fine = code > 0xFFFF
                    ? code <= 0x10FFFF
                    : !Character.isSurrogate((char) code) && allowed((char) code) == code;
            return fine ? text : String.valueOf(code == 0x1B ? PlainText.ESCAPE_SIGN : '\uFFFD');
        } catch (NumberFormatException none) {
            return text;
        }
    }

    private static char allowed(char c) {
        if (c >= ' ' && c < '\uFFFE' || c == '\n' || c == '\t' || c == '\r') {
            return c;
        }
        return c == 0x1B ? PlainText.ESCAPE_SIGN : '\uFFFD';
    }
}
