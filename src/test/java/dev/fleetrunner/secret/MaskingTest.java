package dev.fleetrunner.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.contract.SecretValue;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import io.smallrye.mutiny.Multi;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is found in what others than this package have made of it. */
class MaskingTest {
    private static final String SECRET = "p\"ss wörd/+&=<7>\\ü?";
    private static final String KEY =
            """
            -----BEGIN PRIVATE KEY-----
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
            MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu
            -----END PRIVATE KEY-----
            """;

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "hunter2", "äöüß", "0123456789abcdef0123456789abcdef0123456789abcdef!", KEY})
    void isFoundInTheFormsThatProgramsWrite(String secret) throws Exception {
        byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(secret.strip(), StandardCharsets.UTF_8);
        String json = new JsonMapper().writeValueAsString(secret.strip());
        for (String form : List.of(
                secret.strip(),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                url,
                url.replace("+", "%20"),
                url.replace("*", "%2A").replace("%7E", "~").replace("+", "%20"),
                lowerHex(url),
                json.substring(1, json.length() - 1))) {
            assertThat(masked(secret, "a " + form + " z"))
                    .as(form)
                    .matches("(?s)a [*\n]+ z")
                    .hasSize(("a " + form + " z").getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void isFoundInBase64OfSomethingLonger() {
        for (String before : List.of("", "u", "us", "use", "user:")) {
            for (String after : List.of("", "\n", "@h", "@host")) {
                byte[] whole = (before + "correct horse" + after).getBytes(StandardCharsets.UTF_8);

                String shown = masked("correct horse", Base64.getEncoder().encodeToString(whole));

                assertThat(shown.replaceAll("[^*]", "").length())
                        .as(shown)
                        .isGreaterThanOrEqualTo("correct horse".length() * 8 / 6 - 1);
            }
        }
    }

    @Test
    void isFoundInBase64WithLineBreaks() {
        byte[] secret = new byte[500];
        new Random(5).nextBytes(secret);
        String mime = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(secret);
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(secret);

        Masking masking = Masking.of(List.of(new SecretValue(secret)));

        assertThat(masking.text(mime + "\n" + pem)).matches("[*\n]+");
    }

    @Test
    void theLinesOfASecretAreSecretsToo() {
        String line = KEY.lines().skip(1).findFirst().orElseThrow();

        assertThat(masked(KEY, "  | " + line + " |")).isEqualTo("  | " + "*".repeat(line.length()) + " |");
        assertThat(masked(KEY, HexFormat.of().formatHex(line.getBytes(StandardCharsets.UTF_8))))
                .matches("[*]+");
        assertThat(masked("a long line\nshort\n", "short, a long line")).isEqualTo("short, ***********");
    }

    @Test
    void theLineBreakAtItsEndIsNoPartOfIt() {
        assertThat(masked("hunter2\n", "hunter2")).isEqualTo("*******");
        assertThat(masked("hunter2\r\n", "hunter2")).isEqualTo("*******");
    }

    @Test
    void textsWithoutItStayAsTheyAre() {
        Masking masking = Masking.of(List.of(value("hunter2")));

        assertThat(masking.text("nothing \ud83d\ude00 here")).isEqualTo("nothing \ud83d\ude00 here");
        assertThat(masking.text(null)).isNull();
        assertThat(Masking.NONE.text("hunter2")).isEqualTo("hunter2");
    }

    @Test
    void eachStreamIsMaskedForItself() {
        Masking masking = Masking.of(List.of(value("hunter2")));

        Multi<LogChunk> output = Multi.createFrom()
                .items(
                        chunk(LogStream.STDOUT, "a hun"),
                        chunk(LogStream.STDERR, "b hunter"),
                        chunk(LogStream.STDOUT, "ter2 c"),
                        chunk(LogStream.STDERR, "2 d"));

        List<LogChunk> masked = collect(masking.output(output, LogCursor.START));
        assertThat(all(masked, LogStream.STDOUT)).isEqualTo("a ******* c");
        assertThat(all(masked, LogStream.STDERR)).isEqualTo("b ******* d");
    }

    @Test
    void aTakeoverWithinASecretGivesTheSameBytes() {
        Masking masking = Masking.of(List.of(value("hunter2hunter2")));
        String text = "one hunter2hunter2 two hunter2 hunter2hunter2hunter2\nthree";
        String whole = all(
                collect(masking.output(Multi.createFrom().item(chunk(LogStream.STDOUT, text)), LogCursor.START)),
                LogStream.STDOUT);

        for (int written = 0; written <= text.length(); written++) {
            int from = Math.max(0, written - masking.memory());
            Multi<LogChunk> again = Multi.createFrom().item(chunk(LogStream.STDOUT, text.substring(from)));

            List<LogChunk> rest = collect(masking.output(again, new LogCursor(written - from, 0)));

            assertThat(all(rest, LogStream.STDOUT)).as("behind %d", written).isEqualTo(whole.substring(written));
        }
    }

    @Test
    void afterAGapTheRestOfALineIsNotShown() {
        Masking masking = Masking.of(List.of(value("hunter2")));

        List<LogChunk> masked = collect(masking.outputAfterGap(Multi.createFrom()
                .items(
                        chunk(LogStream.STDOUT, "ter2 and"),
                        chunk(LogStream.STDOUT, " more\nnext"),
                        chunk(LogStream.STDERR, "nter2 and more"))));

        assertThat(all(masked, LogStream.STDOUT)).isEqualTo("*************\nnext");
        assertThat(all(masked, LogStream.STDERR)).startsWith("*****").doesNotContain("nter2");
    }

    @Test
    void afterAGapDigitsAreNotShownAcrossAFoldEither() {
        byte[] whole = new byte[102];
        new Random(8).nextBytes(whole);
        String folded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(whole) + "\nnext line\nlast line";
        int edge = folded.indexOf("\nnext") - 2;
        Masking masking = Masking.of(List.of(new SecretValue(Arrays.copyOfRange(whole, 1, 101))));

        for (int from = 2; from < edge; from++) {
            List<LogChunk> masked = collect(
                    masking.outputAfterGap(Multi.createFrom().item(chunk(LogStream.STDOUT, folded.substring(from)))));

            assertThat(all(masked, LogStream.STDOUT).substring(0, edge - from))
                    .as("from %d", from)
                    .matches("[*\n]+");
            assertThat(all(masked, LogStream.STDOUT)).endsWith("\nlast line");
        }
    }

    @Test
    void inNamesOfHostsItIsOfLowerCase() {
        assertThat(masked("tOkEn-7.Z", "a.token-7.z.example.org:8443")).isEqualTo("a.*********.example.org:8443");
        assertThat(masked("Hidden.", "hidden:8080")).isEqualTo("******:8080");
        assertThat(masked("No/Host", "no/host")).isEqualTo("no/host");
    }

    @Test
    void theLastLineOfAFileWithALineBreakIsFoundToo() {
        for (int length = 50; length < 200; length++) {
            String secret = "s".repeat(7) + "e".repeat(length - 8) + "t";
            for (String end : List.of("\n", "\r\n", "")) {
                String whole = Base64.getMimeEncoder(76, new byte[] {'\n'})
                        .encodeToString((secret + end).getBytes(StandardCharsets.UTF_8));

                assertThat(masked(secret + end, whole)).as("%d letters", length).matches("[*\n]+[A-Za-z0-9]?=?=?");
            }
        }
    }

    @Test
    void whatWasHeldBackIsNotDeliveredWhenTheOutputFails() {
        Masking masking = Masking.of(List.of(value("hunter2")));
        Multi<LogChunk> broken = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(chunk(LogStream.STDOUT, "a hunt")),
                        Multi.createFrom().failure(new IllegalStateException("gone")));
        var seen = new ByteArrayOutputStream();

        Multi<LogChunk> masked =
                masking.output(broken, LogCursor.START).invoke(chunk -> seen.writeBytes(chunk.bytes()));

        assertThatThrownBy(() -> collect(masked)).hasMessage("gone");
        assertThat(seen).hasToString("a ");
    }

    @Test
    void noTextOfItShowsASecret() {
        assertThat(value("hunter2")).hasToString("***");
        assertThat(Masking.of(List.of(value("hunter2")))).hasToString("masking");
        assertThat(Arrays.asList(value("hunter2")).toString()).doesNotContain("hunter2");
    }

    private static String lowerHex(String url) {
        var out = new StringBuilder(url);
        for (int at = out.indexOf("%"); at >= 0; at = out.indexOf("%", at + 1)) {
            out.replace(at + 1, at + 3, out.substring(at + 1, at + 3).toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    private static String masked(String secret, String text) {
        return new String(
                Masking.of(List.of(value(secret))).text(text).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
    }

    private static SecretValue value(String text) {
        return new SecretValue(text.getBytes(StandardCharsets.UTF_8));
    }

    private static LogChunk chunk(LogStream stream, String text) {
        return new LogChunk(stream, text.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }

    private static List<LogChunk> collect(Multi<LogChunk> chunks) {
        return chunks.collect().asList().await().indefinitely();
    }

    private static String all(List<LogChunk> chunks, LogStream stream) {
        var all = new ByteArrayOutputStream();
        chunks.stream().filter(chunk -> chunk.stream() == stream).forEach(chunk -> all.writeBytes(chunk.bytes()));
        return all.toString(StandardCharsets.UTF_8);
    }
}
