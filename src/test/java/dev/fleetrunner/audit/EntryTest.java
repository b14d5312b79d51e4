package dev.fleetrunner.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands in an entry, to the byte. */
class EntryTest {
    private static final Path DOCUMENT = Path.of("docs/audit.md");

    private static AuditEntry entry(Act act) {
        return AuditEntry.of(act, WithAudit.NOON.plusNanos(5_999_999), WithAudit.RUNNER, 1, null);
    }

    @Test
    void theFormIsTheOneOfTheDocument() throws IOException {
        Act act = Act.by(WithAudit.CI, AuditAction.SUBMIT, null)
                .denied("profiles.ci.images")
                .with("image", "localhost/größe:\"latest\"");

        String written = Canonical.json(entry(act));

        assertThat(written)
                .isEqualTo("{\"action\":\"task.submit\",\"at\":\"2026-03-01T12:00:00.005Z\","
                        + "\"detail\":{\"image\":\"localhost/größe:\\\"latest\\\"\"},\"from\":\"127.0.0.1\",\"hash\":\""
                        + entry(act).hash()
                        + "\",\"outcome\":\"denied\",\"previous\":\"" + Canonical.hash(WithAudit.RUNNER)
                        + "\",\"role\":\"agent\",\"rule\":\"profiles.ci.images\",\"runner\":\"01JNRUNNER\",\"sequence\":1,"
                        + "\"target\":null,\"who\":\"ci\"}");
        assertThat(Files.readString(DOCUMENT)).contains("\n" + written + "\n");
    }

    @Test
    void theHashIsOfAllButItself() {
        AuditEntry entry = entry(WithAudit.cancel("01JTASK"));

        String without = Canonical.json(entry).replace("\"hash\":\"" + entry.hash() + "\",", "");

        assertThat(Canonical.hash(without)).isEqualTo(entry.hash());
    }

    @Test
    void whatDoesNotShowItselfIsReplaced() {
        String written = Canonical.json(
                entry(WithAudit.cancel("a\u001b[2Jb\r\nc\u202ed\u009be\ud800f").with("x", "\u0000\u2028")));

        assertThat(written)
                .contains("\"target\":\"a\ufffd[2Jb\ufffd\ufffdc\ufffdd\ufffde\ufffdf\"")
                .contains("\"x\":\"\ufffd\ufffd\"");
    }

    @Test
    void textsAndDetailsAreBounded() {
        String target = "\ud83d\ude00".repeat(Plain.LONGEST + 1);

        Act act = WithAudit.cancel(target);

        assertThat(act.target()).isEqualTo("\ud83d\ude00".repeat(Plain.LONGEST) + "…");
        assertThatThrownBy(() -> IntStream.rangeClosed(0, Act.MOST_DETAILS)
                        .boxed()
                        .reduce(act, (some, i) -> some.with("x" + i, "y"), (one, two) -> two))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDocumentHasEveryActionAndOutcome() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(Arrays.stream(AuditAction.values()).map(AuditAction::word))
                .allSatisfy(word -> assertThat(document).contains("| `" + word + "` |"));
        assertThat(Arrays.stream(Outcome.values()).map(Outcome::word))
                .allSatisfy(word -> assertThat(document).contains("`" + word + "`"));
    }
}
