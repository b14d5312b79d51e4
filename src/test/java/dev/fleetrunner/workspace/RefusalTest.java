package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.files.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that are not taken; each refusal names the entry and says what to do, and leaves nothing. */
class RefusalTest extends WithWorkspaceStore {
    private static final String LONG = "deep/".repeat(60) + "name";

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("/etc/passwd", "absolute name", new Tars().file("/etc/passwd", "x")),
                Arguments.of("/" + LONG, "absolute name", new Tars().file("/" + LONG, "pax")),
                Arguments.of("/" + LONG, "absolute name", new Tars().gnu().file("/" + LONG, "gnu")),
                Arguments.of("../evil", "has .. in its name", new Tars().file("../evil", "x")),
                Arguments.of("a/../../evil", "has .. in its name", new Tars().file("a/../../evil", "x")),
                Arguments.of("out", "leads out of the tree", new Tars().symlink("out", "/etc/passwd")),
                Arguments.of("a/out", "leads out of the tree", new Tars().symlink("a/out", "../../x")),
                Arguments.of("out", "leads out of the tree", new Tars().hardLink("out", "/etc/passwd")),
                Arguments.of("out", "leads out of the tree", new Tars().hardLink("out", "../x")),
                Arguments.of(
                        "hard",
                        "no file before it",
                        new Tars().hardLink("hard", "later").file("later", "x")),
                Arguments.of(
                        "hard", "no file before it", new Tars().directory("d").hardLink("hard", "d")),
                Arguments.of(
                        "x",
                        "leads out of the tree",
                        new Tars().symlink("p/q/up", "../..").symlink("x", "p/q/up/..")),
                Arguments.of(
                        "x",
                        "leads out of the tree",
                        new Tars().symlink("x", "later/..").symlink("later", ".")),
                Arguments.of("null", "device node", new Tars().special(TarConstants.LF_CHR, "null")),
                Arguments.of("sda", "device node", new Tars().special(TarConstants.LF_BLK, "sda")),
                Arguments.of("pipe", "fifo", new Tars().special(TarConstants.LF_FIFO, "pipe")),
                Arguments.of("label", "neither file", new Tars().special((byte) 'V', "label")),
                Arguments.of(
                        "a/x",
                        "goes through the symbolic link a",
                        new Tars().directory("b").symlink("a", "b").file("a/x", "x")),
                Arguments.of(
                        "a/b",
                        "goes through the file a",
                        new Tars().file("a", "x").file("a/b", "x")),
                Arguments.of(
                        "a",
                        "directory and something else",
                        new Tars().file("a/b", "x").file("a", "x")),
                Arguments.of(
                        "a/",
                        "directory and something else",
                        new Tars().file("a", "x").directory("a")),
                Arguments.of(
                        "a",
                        "directory and something else",
                        new Tars().directory("a").symlink("a", "b")),
                Arguments.of("./", "tree itself", new Tars().symlink("./", "b")),
                Arguments.of("n".repeat(256), "more than 255 bytes", new Tars().file("n".repeat(256), "x")),
                Arguments.of(
                        "d/".repeat(2000) + "x",
                        "more than 3840 bytes",
                        new Tars().file("d/".repeat(2000) + "x", "x")));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aTarThatWouldReachOutOrDependOnWhoUnpacksIt(String entry, String reason, Tars tar) {
        RefusedUpload refusal = refused(tar.toBytes());

        assertThat(refusal.entry()).hasValue(entry);
        assertThat(refusal).hasMessageContaining(reason).hasMessageContaining(Shown.of(entry));
        assertThat(refusal.isTooLarge()).isFalse();
    }

    static Stream<Arguments> hostileZips() {
        return Stream.of(
                Arguments.of("/etc/passwd", "absolute name", new Zips().plain("/etc/passwd", "x")),
                Arguments.of("a/../../b", "has .. in its name", new Zips().plain("a/../../b", "x")),
                Arguments.of("a\0b", "has a NUL", new Zips().plain("a\0b", "x")),
                Arguments.of("out", "leads out of the tree", new Zips().unix("out", 0120777, "../x")),
                Arguments.of("long", "too long target", new Zips().unix("long", 0120777, "x".repeat(20_000))),
                Arguments.of("null", "device node", new Zips().unix("null", 0020666, "")),
                Arguments.of("pipe", "fifo", new Zips().unix("pipe", 0010666, "")),
                Arguments.of("sock", "socket", new Zips().unix("sock", 0140777, "")),
                Arguments.of("odd", "neither file", new Zips().unix("odd", 0150777, "")),
                Arguments.of(
                        "a/x",
                        "goes through the symbolic link a",
                        new Zips().unix("a", 0120777, "b").plain("a/x", "x")));
    }

    @ParameterizedTest
    @MethodSource("hostileZips")
    void aZipThatWouldReachOutOrDependOnWhoUnpacksIt(String entry, String reason, Zips zip) {
        RefusedUpload refusal = refused(zip.toBytes());

        assertThat(refusal.entry()).hasValue(entry);
        assertThat(refusal).hasMessageContaining(reason).hasMessageContaining(Shown.of(entry));
    }

    @Test
    void linksThatStayInsideAreTakenHoweverTheyWind() {
        Tars tar = new Tars()
                .symlink("p/q/up", "../..")
                .symlink("x", "p/q/up/p")
                .symlink("dangling", "no/such/../file")
                .symlink("loop", "loop/../x")
                .symlink("p/top", "..");

        assertThat(take(tar.toBytes()).files()).isZero();
    }

    @Test
    void whatIsNoArchive() {
        assertThat(refused("hello".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("no archive that is known");
        assertThat(refused(new byte[0])).hasMessageContaining("the upload is empty");
        assertThat(refused(Tars.gzip("x".repeat(5000).getBytes(StandardCharsets.US_ASCII))))
                .hasMessageContaining("the archive is damaged");
        assertThat(refused(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0})).hasMessageContaining("the archive is damaged");
    }

    @Test
    void namesThatAreNoUtf8() {
        byte[] tar = new Tars().file("b?d", "x").toBytes();
        tar[1] = (byte) 0xFF;

        byte[] zip = new Zips().plain("b?d", "x").toBytes();
        for (int at = 0; at < zip.length; at++) {
            zip[at] = zip[at] == '?' ? (byte) 0xFF : zip[at];
        }

        assertThat(refused(Tars.withChecksum(tar))).hasMessageContaining("not UTF-8");
        assertThat(refused(zip)).hasMessageContaining("not UTF-8");
    }

    @Test
    void aNulInAnExtendedHeader() {
        byte[] tar = new Tars().file("nul/" + "n".repeat(120), "x").toBytes();
        int at = new String(tar, StandardCharsets.ISO_8859_1).indexOf("path=nul/");
        tar[at + 8] = 0;

        assertThat(refused(tar)).hasMessageContaining("has a NUL");
    }

    @Test
    void anArchiveThatWasCutAnywhere() {
        byte[] tar = new Tars().file("one", "1".repeat(700)).file("two", "2").toBytes();
        byte[] gzip = Tars.gzip(tar);
        byte[] zip = new Zips().plain("one", "1".repeat(700)).plain("two", "2").toBytes();

        for (int length = 0; length < 512 + 1024 + 512 + 512; length += 61) {
            assertThat(refused(Arrays.copyOf(tar, length))).hasMessageContaining("pload");
        }
        for (int length = 0; length < gzip.length; length += 7) {
            assertThat(refused(Arrays.copyOf(gzip, length))).hasMessageContaining("pload");
        }
        for (int length = 0; length < zip.length; length += 7) {
            assertThat(refused(Arrays.copyOf(zip, length))).hasMessageContaining("pload");
        }
    }

    @Test
    void aWrongChecksumOfAGzipOrAZip() {
        byte[] gzip = new Tars().file("one", "1").toGzip();
        gzip[gzip.length - 6] ^= 1;
        byte[] zip = new Zips().plain("one", "1".repeat(700)).toBytes();
        int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        zip[directory + 16] ^= 1;

        assertThat(refused(gzip)).hasMessageContaining("the archive is damaged");
        assertThat(refused(zip)).hasMessageContaining("its checksum is wrong");
    }

    @Test
    void anEncryptedZipAndOneOfAnUnknownMethod() {
        byte[] encrypted = new Zips().plain("secret", "x").toBytes();
        int directory = new String(encrypted, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        encrypted[directory + 8] |= 1;
        byte[] unknown = new Zips().plain("packed", "x").toBytes();
        unknown[directory + 10] = 12;

        assertThat(refused(encrypted)).hasMessageContaining("secret is encrypted");
        assertThat(refused(unknown)).hasMessageContaining("packed is compressed by method 12");
    }

    @Test
    void moreThanTheLimits() {
        store = storeWith(new Limits(100_000, 1000, 3));
        assertThat(refused(new Tars()
                        .file("a", 0644, new byte[600])
                        .file("b", 0644, new byte[600])
                        .toGzip()))
                .hasMessageContaining("more than 1000 bytes when they are unpacked")
                .matches(RefusedUpload::isTooLarge);
        assertThat(refused(new Tars()
                        .file("a", "")
                        .file("b", "")
                        .file("c", "")
                        .file("d", "")
                        .toBytes()))
                .hasMessageContaining("more than 3 entries");
        assertThat(refused(new Tars().file("a/b/c/d", "").toBytes())).hasMessageContaining("more than 3 entries");
        assertThat(refused(new Tars()
                        .file("a", "")
                        .file("a", "")
                        .file("a", "")
                        .file("a", "")
                        .toBytes()))
                .hasMessageContaining("more than 3 entries");
        assertThat(refused(new byte[200_000])).hasMessageContaining("the upload has more than 100000 bytes");
        assertThat(take(new Tars().file("a/b/c", "").toBytes()).files()).isEqualTo(1);
    }

    @Test
    void aZipWithAMillionEntriesIsNotEvenListed() {
        Zips zip = new Zips();
        for (int i = 0; i < 60_000; i++) {
            zip.plain("f" + i, "");
        }
        store = storeWith(new Limits(16 << 20, 1000, 100));

        assertThat(refused(zip.toBytes())).hasMessageContaining("more than 100 entries");
    }

    @Test
    void headersThatWouldFillTheMemoryOrTheStack() throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(name)) {
            byte[] header =
                    Arrays.copyOf(new Tars().gnu().file("n".repeat(200), "x").toBytes(), 512);
            System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, header, 124, 11);
            gzip.write(Tars.withChecksum(header));
            for (int i = 0; i < 4000; i++) {
                gzip.write(new byte[65536]);
            }
        }
        ByteArrayOutputStream chain = new ByteArrayOutputStream();
        byte[] extension =
                Arrays.copyOf(new Tars().gnu().file("n".repeat(200), "x").toBytes(), 1024);
        for (int i = 0; i < 20_000; i++) {
            chain.writeBytes(extension);
        }

        assertThat(refused(name.toByteArray())).hasMessageContaining("of names and attributes");
        assertThat(refused(Tars.gzip(chain.toByteArray()))).hasMessageContaining("of names and attributes");
    }

    @Test
    void aSecondArchiveBehindTheFirst() {
        byte[] tar = new Tars().file("a", "1").toBytes();
        byte[] two = Arrays.copyOf(tar, tar.length + (2 << 20));

        assertThat(refused(two)).hasMessageContaining("goes on behind its end");
        assertThat(take(Arrays.copyOf(tar, 10240)).files()).isEqualTo(1);
    }
}
