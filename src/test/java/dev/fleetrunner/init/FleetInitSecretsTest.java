package dev.fleetrunner.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.init.InitProcess.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fleet-init takes secrets: all of them before the command starts, or no command. */
@Timeout(60)
class FleetInitSecretsTest {
    private static final int EPROTO = 71;
    private static final int ETIMEDOUT = 110;
    private static final int EEXIST = 17;

    @TempDir
    Path directory;

    @Test
    void writesFilesAndSetsVariables() throws Exception {
        InitProcess init = start(20, "cat '" + directory + "/token'; echo \"$KEY\"; cat; readlink /proc/self/fd/0");
        init.write(text(block(record('F', "token", "hunter2\n"), record('E', "KEY", "a value"))));

        Ended ended = init.ended();
        assertThat(ended.out()).isEqualTo("hunter2\na value\n/dev/null\n");
        assertThat(ended.report().secrets()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("token"))))
                .isEqualTo("r--------");
    }

    @Test
    void theyMayComeInPieces() throws Exception {
        InitProcess init = start(20, "cat '" + directory + "/token'");
        for (byte one : text(block(record('F', "token", "hunter2")))) {
            init.write(new byte[] {one});
        }

        assertThat(init.ended().out()).isEqualTo("hunter2");
    }

    @Test
    void waitsNoLongerThanItIsTold() throws Exception {
        long start = System.nanoTime();
        InitProcess init = start(1, "echo never");
        init.write("0000".getBytes(StandardCharsets.US_ASCII));

        assertFailed(init.ended(), ETIMEDOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anEndThatComesTooEarlyIsNoSecret() throws Exception {
        byte[] whole = text(block(record('F', "token", "hunter2")));
        for (int length : new int[] {0, 4, 8, 9, whole.length - 1}) {
            InitProcess init = start(20, "echo never");
            init.write(Arrays.copyOf(whole, length));
            init.endInput();

            assertFailed(init.ended(), EPROTO);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000g",
                "7fffffff",
                "00000002zz00",
                "0000000146",
                "000000024600",
                "0000000946610000000010ff00",
                "00000009466100ffffffff6100",
                "00000009466100000000016161",
                "0000000958610000000001ff00",
                "0000000a462f610000000001ff00"
            })
    void whatIsNoBlockRunsNoCommand(String text) throws Exception {
        InitProcess init = start(20, "echo never");
        init.write(text.getBytes(StandardCharsets.US_ASCII));
        init.endInput();

        assertFailed(init.ended(), EPROTO);
    }

    @Test
    void aFileThatIsThereIsNotWritten() throws Exception {
        Files.writeString(directory.resolve("token"), "of somebody else");
        InitProcess init = start(20, "echo never");
        init.write(text(block(record('F', "token", "hunter2"))));

        assertFailed(init.ended(), EEXIST);
        assertThat(directory.resolve("token")).hasContent("of somebody else");
    }

    private InitProcess start(int seconds, String script) throws IOException {
        String settings = InitProcess.NONCE + " 0 0 0\nsecrets " + seconds + " " + directory;
        return InitProcess.startWith(settings, List.of(), "sh", "-c", script);
    }

    private static void assertFailed(Ended ended, int errno) {
        assertThat(ended.exitCode()).isEqualTo(125);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.report().secrets()).isEqualTo(errno);
    }

    private static byte[] record(char kind, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        var record = new ByteArrayOutputStream();
        record.write(kind);
        record.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        record.write(0);
        record.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        record.writeBytes(bytes);
        record.write(0);
        return record.toByteArray();
    }

    private static byte[] block(byte[]... records) {
        var block = new ByteArrayOutputStream();
        for (byte[] record : records) {
            block.writeBytes(record);
        }
        return block.toByteArray();
    }

    private static byte[] text(byte[] block) {
        return (HexFormat.of().toHexDigits(block.length) + HexFormat.of().formatHex(block))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
