package dev.fleetrunner.mcp.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ContentTest {

    @Test
    void textIsTextAndOtherBytesAreBase64() {
        assertThat(Content.of("héllo\n".getBytes(StandardCharsets.UTF_8), 100))
                .isEqualTo(new Content("utf-8", "héllo\n", 7));
        assertThat(Content.of(new byte[] {1, 0, (byte) 0xff}, 100)).isEqualTo(new Content("base64", "AQD/", 3));
        assertThat(Content.of(new byte[0], 100)).isEqualTo(new Content("utf-8", "", 0));
    }

    @Test
    void aCharacterThatIsCutAtTheEndWaitsForTheNextPiece() {
        byte[] bytes = "a→".getBytes(StandardCharsets.UTF_8);

        assertThat(Content.of(Arrays.copyOf(bytes, 3), 100)).isEqualTo(new Content("utf-8", "a", 1));
    }

    @RepeatedTest(50)
    void piecesTogetherAreTheWhole(RepetitionInfo round) {
        var random = new Random(round.getCurrentRepetition());
        byte[] whole = new byte[random.nextInt(5000)];
        random.nextBytes(whole);
        if (round.getCurrentRepetition() % 2 == 0) {
            whole = new String(whole, StandardCharsets.UTF_8).replace("\0", "").getBytes(StandardCharsets.UTF_8);
        }
        var got = new ByteArrayOutputStream();
        int room = 16 + random.nextInt(300);
        while (got.size() < whole.length) {
            byte[] piece = Arrays.copyOfRange(whole, got.size(), Math.min(whole.length, got.size() + room));

            Content content = Content.of(piece, room);

            assertThat(content.size()).isLessThanOrEqualTo(room);
            assertThat(content.bytes()).isPositive();
            got.writeBytes(
                    content.isText()
                            ? content.text().getBytes(StandardCharsets.UTF_8)
                            : Base64.getDecoder().decode(content.text()));
        }
        assertThat(got.toByteArray()).isEqualTo(whole);
    }
}
