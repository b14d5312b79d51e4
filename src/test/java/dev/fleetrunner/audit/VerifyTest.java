package dev.fleetrunner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The independent program finds whatever was done to a chain. */
class VerifyTest extends WithAudit {
    private static final String PROGRAM = "scripts/audit-verify";

    private record Told(int code, String text) {}

    private static Told verify(byte[] export, String... options) {
        List<String> command = new ArrayList<>(List.of("python3", "-B", PROGRAM));
        command.addAll(Arrays.asList(options));
        command.add("-");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(export);
            } catch (IOException closedAtTheFirstFault) {
                // It says why.
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Told(process.waitFor(), text);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Told verify(List<String> lines, String... options) {
        String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        return verify(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static void holds(Told told) {
        assertThat(told.code()).as(told.text()).isZero();
    }

    private static void broken(Told told, String words) {
        assertThat(told.code()).as(told.text()).isEqualTo(1);
        assertThat(told.text()).contains("BROKEN: " + words);
    }

    private List<String> chain(int entries) {
        for (int i = 1; i <= entries; i++) {
            record(cancel("task-" + i).with("größe", "\"\\/ ü \ud83d\ude00"));
        }
        return new ArrayList<>(lines());
    }

    /** So many entries on each of so many days. */
    private void days(int days, int entries) {
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < entries; i++) {
                record(cancel("task-" + day + "-" + i));
            }
            now = now.plus(Duration.ofDays(1));
        }
    }

    private String head() {
        return audit.head()
                .map(row ->
                        row.orElseThrow().sequence() + ":" + row.orElseThrow().hash())
                .await()
                .atMost(SOON);
    }

    @Test
    void aWholeChainHolds() {
        List<String> chain = chain(20);

        Told told = verify(chain, "--head", head());

        holds(told);
        assertThat(told.text()).contains("20 entries hold, from the first entry on", "head: " + head());
    }

    @Test
    void anyChangedByteIsFound() {
        byte[] good = (String.join("\n", chain(4)) + "\n").getBytes(StandardCharsets.UTF_8);
        var random = new Random(7);
        for (int i = 0; i < 40; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));

            assertThat(verify(bad).code())
                    .as("byte %d of %s", at, new String(bad, StandardCharsets.UTF_8))
                    .isEqualTo(1);
        }
    }

    @Test
    void theChangedEntryIsNamed() {
        List<String> chain = chain(9);
        chain.set(4, chain.get(4).replace("task-5", "task-6"));

        broken(verify(chain), "entry 5 was changed");
    }

    @Test
    void anEntryThatIsWrittenInAnotherFormIsRefused() {
        List<String> chain = chain(3);
        chain.set(1, chain.get(1).replace("\"rule\":null", "\"rule\":null,\"rule\":null"));

        broken(verify(chain), "entry 2 cannot be read: it is not written in the canonical form");
    }

    @Test
    void aRemovedEntryIsNamed() {
        List<String> chain = chain(9);
        chain.remove(4);

        broken(verify(chain), "entry 5 is missing");
    }

    @Test
    void aRemovedBeginningIsFound() {
        List<String> chain = chain(9);

        broken(verify(chain.subList(3, 9)), "entry 3 is missing");
    }

    @Test
    void aReorderedPairIsNamed() {
        List<String> chain = chain(9);
        Collections.swap(chain, 4, 5);

        broken(verify(chain), "entry 5 is missing");
    }

    @Test
    void anEntryOfAnotherChainIsFound() {
        List<String> chain = chain(3);
        AuditEntry other = AuditEntry.of(cancel("x"), now, "other", 4, null);
        chain.add(Canonical.json(other));

        broken(verify(chain), "entry 4 is of another runner");
    }

    @Test
    void aChainThatWasMadeAnewDoesNotHaveTheNotedHead() {
        chain(3);
        String noted = head();
        List<String> forged = new ArrayList<>();
        String previous = null;
        for (int i = 1; i <= 5; i++) {
            AuditEntry entry = AuditEntry.of(cancel("harmless-" + i), now, RUNNER, i, previous);
            previous = entry.hash();
            forged.add(Canonical.json(entry));
        }

        holds(verify(forged));
        broken(verify(forged, "--head", noted), "entry 3 is not the one that was noted");
    }

    @Test
    void aTruncatedTailIsFoundWithANotedHead() {
        List<String> chain = chain(9);
        List<String> cut = chain.subList(0, 7);

        holds(verify(cut));
        broken(verify(cut, "--head", head()), "entry 8 is missing");
        broken(verify(List.of(), "--head", head()), "entry 1 is missing");
    }

    @Test
    void aLineThatIsCutOffIsFound() {
        String chain = String.join("\n", chain(3));

        broken(verify(chain.getBytes(StandardCharsets.UTF_8)), "entry 3 cannot be read: its line is cut off");
    }

    @Test
    void whatIsLeftAfterRetentionHolds() {
        days(4, 3);
        String noted = head();
        String gone = sequenceAndHash(lines().get(2));
        String goneWithin = sequenceAndHash(lines().get(1));
        cut(2);
        record(cancel("later"));

        Told told = verify(lines(), "--head", noted, "--head", gone);

        holds(told);
        assertThat(told.text()).contains("9 entries hold, on behind entry 6", "checkpoints: 2");
        assertThat(verify(lines(), "--head", goneWithin).code()).isEqualTo(2);
    }

    private static String sequenceAndHash(String line) {
        return line.replaceAll(".*\"hash\":\"([0-9a-f]{64})\".*\"sequence\":([0-9]+).*", "$2:$1");
    }

    @Test
    void moreThanRetentionRemovedIsFound() {
        days(4, 3);
        cut(1);
        List<String> left = new ArrayList<>(lines());
        left.remove(0);

        broken(verify(left), "entry 4 is missing");
    }

    @Test
    void oldCheckpointsStayAndHoldEachOther() {
        days(2, 3);
        cut(1);
        days(1, 2);
        cut(1);
        days(2, 3);
        cut(2);
        List<String> chain = new ArrayList<>(lines());

        holds(verify(chain));
        assertThat(chain.get(0)).contains("audit.checkpoint");
        assertThat(chain.get(1)).contains("audit.checkpoint");
        broken(verify(chain.subList(1, chain.size())), "the checkpoint 7:");
        chain.remove(1);
        broken(verify(chain), "a checkpoint is missing before entry");
    }

    @Test
    void aChainOfNothingButCheckpointsHolds() {
        days(2, 2);
        cut(2);

        holds(verify(lines(), "--head", head()));
    }

    @Test
    void aCheckpointFollowsTheNewestEntryThoughThatGoesWithIt() {
        days(1, 2);
        cut(1);
        record(cancel("later"));
        cut(1);

        assertThat(lines()).hasSize(2);
        holds(verify(lines(), "--head", head()));
    }

    @Test
    void anExportGoesOnBehindTheOneBefore() {
        List<String> chain = chain(6);
        String noted = sequenceAndHash(chain.get(2));
        String other = "3:" + "0".repeat(64);

        holds(verify(chain.subList(3, 6), "--after", noted));
        broken(verify(chain.subList(3, 6), "--after", other), "entry 3 is missing");
        broken(verify(chain.subList(4, 6), "--after", noted), "entry 4 is missing");
    }

    @Test
    void whatCannotBeToldIsNeitherGoodNorBroken() {
        assertThat(verify(List.of()).code()).isEqualTo(2);
        assertThat(verify(chain(1), "--head", "1:x").code()).isEqualTo(2);
    }

    @Test
    void aFileIsReadAsWell() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("audit.ndjson"), String.join("\n", chain(3)) + "\n");

        Process process = new ProcessBuilder("python3", "-B", PROGRAM, file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor()).isZero();
    }
}
