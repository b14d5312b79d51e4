package dev.fleetrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fleetrunner.cli.output.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed wrongly, and services that are not there. */
class UsageTest {
    private static final Map<String, String> NOTHING = Map.of("HOME", "/nonexistent");

    private static Ran fleet(String line) {
        return Ran.with(NOTHING, line.isEmpty() ? new String[0] : line.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|Missing required subcommand",
                "sl|no command sl",
                "run --foll -- true|--follow",
                "run|-f FILE",
                "run -o xml -- true|json, yaml, table",
                "run --follow -o json -- true|--follow",
                "run --pids many -- true|--pids",
                "run -e =x -- true|--env",
                "run -e NOT_SET_HERE -- true|NOT_SET_HERE",
                "run --label team -- true|--label",
                "run --mount type=cache,sauce=pip -- true|sauce",
                "run --mount readonly=maybe -- true|readonly",
                "run -w /nonexistent -- true|--workspace",
                "run -f /nonexistent.json|/nonexistent.json",
                "run --data-dir x -- true|--local",
                "logs|TASK",
                "logs x --tail y|--tail",
                "cp a b|TASK:[PATH]",
                "cp /nonexistent ws:|/nonexistent",
                "token create x --expires soon|--expires",
                "config set x|--url",
                "config use nope|nope",
                "--url nonsense ls|--url",
                "--context nope ls|nope",
                "completion fish|bash",
            })
    void namesTheOptionAndTheRemedy(String line, String named) {
        Ran ran = fleet(line);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).startsWith("fleet").contains(named);
        assertThat(ran.err()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ls", "run -- true", "logs x -f", "wait x", "top", "health"})
    void saysWhichServiceDoesNotAnswerAndHowToNameAnother(String line) throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Ran ran = fleet("--url http://127.0.0.1:" + closed + " " + line);
        assertThat(ran.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err())
                .contains("http://127.0.0.1:" + closed)
                .contains("FLEET_URL")
                .hasLineCount(1);
    }

    @Test
    void saysThatAnotherServiceIsNone() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>".getBytes());
            exchange.close();
        });
        other.start();
        try {
            Ran ran = fleet("--url http://127.0.0.1:" + other.getAddress().getPort() + " ls");
            assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(ran.err()).contains("no answer of Fleet Runner");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void helpListsTheExitCodes() {
        assertThat(fleet("run --help").out()).contains("124").contains("130").contains("--follow");
        assertThat(fleet("--help").out()).contains("completion").contains("policy");
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(fleet("completion bash").out()).contains("--follow").contains("revoke");
    }
}
