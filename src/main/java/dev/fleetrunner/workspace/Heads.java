package dev.fleetrunner.workspace;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Listens to what a tar reader reads between two contents. There it would take names and extended headers of any length
 * into memory, take the slash from the front of a long absolute name without a word, and not tell whether a name is in
 * bytes or in characters.
 */
final class Heads extends FilterInputStream {
    /** Of the headers of one entry; also keeps the reader, which calls itself for each, from running out of stack. */
    private static final int MAX = 256 * 1024;

    private static final int BLOCK = 512;
    private static final int TYPE = 156;
    private static final int SIZE = 124;
    private static final int SIZE_DIGITS = 12;
    private static final String EXTENSIONS = "xXgLK";
    private static final Pattern NAMED = Pattern.compile("(?:^|\n)\\d+ (path|linkpath|GNU\\.sparse\\.name)=([^\n]+)");

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private boolean listening;
    private long position;

    Heads(InputStream in) {
        super(in);
    }

    void listen() {
        head.reset();
        listening = true;
    }

    void stop() {
        listening = false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = in.read(bytes, from, length);
        if (count > 0) {
            if (listening) {
                hear(bytes, from, count);
            }
            position += count;
        }
        return count;
    }

    /** What belongs to the padding of the content before is no head. */
    private void hear(byte[] bytes, int from, int count) {
        int padding = head.size() == 0 ? (int) Math.min(count, (BLOCK - position % BLOCK) % BLOCK) : 0;
        head.write(bytes, from + padding, count - padding);
        if (head.size() > MAX) {
            throw RefusedUpload.archive("an entry has more than " + MAX
                    + " bytes of names and attributes; pack without extended attributes");
        }
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] bytes = new byte[(int) Math.min(count, BLOCK)];
        return Math.max(0, read(bytes, 0, bytes.length));
    }

    @Override
    public int available() throws IOException {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /**
     * Looks through what was heard since {@link #listen}.
     *
     * @throws RefusedUpload if there is an absolute name in it
     */
    Said said() {
        byte[] heard = head.toByteArray();
        boolean name = false;
        boolean link = false;
        long at = 0;
        while (at + BLOCK < heard.length && EXTENSIONS.indexOf(heard[(int) at + TYPE]) >= 0) {
            char type = (char) heard[(int) at + TYPE];
            int body = (int) at + BLOCK;
            long size = TarUtils.parseOctalOrBinary(heard, (int) at + SIZE, SIZE_DIGITS);
            int here = (int) Math.max(0, Math.min(size, heard.length - body));
            String text = new String(heard, body, here, StandardCharsets.ISO_8859_1);
            if (type == 'L') {
                refuseAbsolute(text);
            } else if (type != 'K') {
                Matcher named = NAMED.matcher(text);
                while (named.find()) {
                    if (type == 'g') {
                        throw RefusedUpload.archive("the archive has one name for all its entries; pack it anew");
                    }
                    boolean isLink = named.group(1).equals("linkpath");
                    link |= isLink;
                    name |= !isLink;
                    if (!isLink) {
                        refuseAbsolute(utf8(named.group(2)));
                    }
                }
            }
            at = body + (size < 0 ? heard.length : (size + BLOCK - 1) / BLOCK * BLOCK);
        }
        return new Said(name, link);
    }

    private static void refuseAbsolute(String name) {
        if (name.startsWith("/")) {
            EntryName.path(name.substring(0, name.indexOf('\0') < 0 ? name.length() : name.indexOf('\0')));
        }
    }

    /**
     * What the extended headers of an entry had.
     *
     * @param name a name, which the reader takes for UTF-8
     * @param link the target of a link, likewise
     */
    record Said(boolean name, boolean link) {
        /** The name as it is meant; one from a plain header the reader gives a character for each byte. */
        String name(String given) {
            return name ? given : utf8(given);
        }

        String link(String given) {
            return link ? given : utf8(given);
        }
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
