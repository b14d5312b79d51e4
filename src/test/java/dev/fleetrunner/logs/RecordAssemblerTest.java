package dev.fleetrunner.logs;

import static dev.fleetrunner.logs.WithLogStore.NOW;
import static dev.fleetrunner.logs.WithLogStore.err;
import static dev.fleetrunner.logs.WithLogStore.out;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordAssemblerTest {
    private final List<String> records = new ArrayList<>();
    private final RecordAssembler assembler = new RecordAssembler((stream, at, bytes, from, length, eol) -> records.add(
            stream.word() + ":" + new String(bytes, from, length, StandardCharsets.UTF_8) + (eol ? "|" : "")));

    @Test
    void aWholeLineIsARecordAtOnce() {
        assembler.accept(out("one\ntwo\r\n\n"));

        assertThat(records).containsExactly("stdout:one|", "stdout:two\r|", "stdout:|");
    }

    @Test
    void aPartOfALineWaitsForTheRest() {
        assembler.accept(out("he"));
        assembler.accept(out("llo\n"));

        assertThat(records).containsExactly("stdout:hello|");
    }

    @Test
    void flushReleasesAPartAndTheRestFollowsAsARecordOfItsOwn() {
        assembler.accept(out("> "));
        assembler.flush();
        assembler.accept(out("\n"));

        assertThat(records).containsExactly("stdout:> ", "stdout:|");
    }

    @Test
    void theOtherStreamReleasesAPartSoThatTheOrderStaysTrue() {
        assembler.accept(out("working"));
        assembler.accept(err("warning\n"));
        assembler.accept(out(" done\n"));

        assertThat(records).containsExactly("stdout:working", "stderr:warning|", "stdout: done|");
    }

    @Test
    void aCharacterThatIsHalfThereWaitsForItsRestWhateverReleasesTheLine() {
        byte[] smile = "a😀".getBytes(StandardCharsets.UTF_8);
        assembler.accept(new LogChunk(LogStream.STDOUT, Arrays.copyOf(smile, 3), NOW));
        assembler.flush();
        assembler.accept(err("!\n"));
        assembler.accept(new LogChunk(LogStream.STDOUT, Arrays.copyOfRange(smile, 3, 5), NOW));
        assembler.end();

        assertThat(records).containsExactly("stdout:a", "stderr:!|", "stdout:😀");
    }

    @Test
    void aLongLineIsSplitBetweenCharacters() {
        String line = "x".repeat(LogRecord.MAX_BYTES - 1) + "é" + "y".repeat(10);

        assembler.accept(out(line + "\n"));

        assertThat(records)
                .containsExactly("stdout:" + "x".repeat(LogRecord.MAX_BYTES - 1), "stdout:é" + "y".repeat(10) + "|");
    }

    @Test
    void aLineOfExactlyTheLargestSizeIsOneRecordThoughItComesInParts() {
        String line = "x".repeat(LogRecord.MAX_BYTES);

        assembler.accept(out(line));
        assembler.accept(out("\n"));

        assertThat(records).containsExactly("stdout:" + line + "|");
    }

    @Test
    void endReleasesEvenHalfACharacter() {
        assembler.accept(new LogChunk(LogStream.STDOUT, new byte[] {(byte) 0xF0, (byte) 0x9F}, NOW));
        assembler.flush();
        assertThat(records).isEmpty();

        assembler.end();

        assertThat(records).hasSize(1);
    }

    @Test
    void aPartKeepsItsNumberAndAnotherHasAnother() {
        assertThat(assembler.holding()).isZero();
        assembler.accept(out("a"));
        long first = assembler.holding();
        assembler.accept(out("b"));
        assertThat(assembler.holding()).isEqualTo(first).isNotZero();

        assembler.accept(out("\nc"));

        assertThat(assembler.holding()).isNotEqualTo(first).isNotZero();
    }
}
