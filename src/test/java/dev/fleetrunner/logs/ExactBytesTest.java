package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Every byte that a command wrote can be had back, from the API and, by anybody with a JSON parser, from the file. */
class ExactBytesTest extends WithLogStore {
    private static final int SEEDS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theBytesOfEachStreamComeBackAsTheyWere() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomOutput output = new RandomOutput(seed);
            String task = "seed-" + seed;
            write(task, output);

            List<LogRecord> records =
                    store.read(task, LogQuery.all()).collect().asList().await().atMost(SOON);

            assertThat(joined(records, LogStream.STDOUT)).as(task).isEqualTo(output.of(LogStream.STDOUT));
            assertThat(joined(records, LogStream.STDERR)).as(task).isEqualTo(output.of(LogStream.STDERR));
            assertThat(records).as(task).extracting(LogRecord::seq).isEqualTo(numbers(records.size()));
            assertThat(records).as(task).allSatisfy(entry -> assertThat(((LogRecord.Line) entry).bytes())
                    .hasSizeLessThanOrEqualTo(LogRecord.MAX_BYTES));
        }
    }

    @Test
    void theInfoCountsTheBytesOfEachStream() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomOutput output = new RandomOutput(seed);

            LogInfo info = write("seed-" + seed, output);

            assertThat(info.stdoutBytes()).isEqualTo(output.of(LogStream.STDOUT).length);
            assertThat(info.stderrBytes()).isEqualTo(output.of(LogStream.STDERR).length);
        }
    }

    @Test
    void anyJsonParserReadsTheFile() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomOutput output = new RandomOutput(seed);
            String task = "seed-" + seed;
            write(task, output);

            ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            for (LogLines piece : lines(task)) {
                for (String line : new String(piece.ndjson(), StandardCharsets.UTF_8).split("\n")) {
                    JsonNode parsed = JSON.readTree(line);
                    if (parsed.get("stream").textValue().equals("stdout")) {
                        stdout.writeBytes(bytes(parsed));
                    }
                }
            }

            assertThat(stdout.toByteArray()).as(task).isEqualTo(output.of(LogStream.STDOUT));
        }
    }

    @Test
    void aRecordSpeaksJsonAsTheFileDoes() {
        RandomOutput output = new RandomOutput(7);
        LogWriter writer = open();
        append(writer, output.chunks);
        writer.gap(GapReason.ROTATED, -1).await().atMost(SOON);
        seal(writer);

        List<LogRecord> records = read(LogQuery.all());

        assertThat(records)
                .extracting(entry -> new String(entry.json(), StandardCharsets.UTF_8))
                .isEqualTo(fileLines());
    }

    /** Not sealed: what is read afterwards is found by a scan of the file. */
    private LogInfo write(String task, RandomOutput output) {
        LogWriter writer = store.open(task).await().atMost(SOON);
        append(writer, output.chunks);
        writer.close().await().atMost(SOON);
        return store.info(task).await().atMost(SOON);
    }

    private List<LogLines> lines(String task) {
        return store.readLines(task, LogQuery.all()).collect().asList().await().atMost(SOON);
    }

    private static byte[] bytes(JsonNode parsed) throws IOException {
        byte[] value = parsed.has("text")
                ? parsed.get("text").textValue().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(parsed.get("b64").textValue());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(value);
        if (parsed.get("eol").booleanValue()) {
            whole.write('\n');
        }
        return whole.toByteArray();
    }

    private static byte[] joined(List<LogRecord> records, LogStream stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        records.stream()
                .filter(entry -> entry.stream() == stream)
                .forEach(entry -> bytes.writeBytes(((LogRecord.Line) entry).plain()));
        return bytes.toByteArray();
    }

    private static List<Long> numbers(long count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
