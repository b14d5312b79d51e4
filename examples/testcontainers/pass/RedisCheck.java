import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** Uses a Redis of its own as a test would: ports, wait strategies, exec, logs, files in and out, networks and aliases. */
public class RedisCheck {
    public static void main(String[] arguments) throws Exception {
        String image = arguments[0];
        try (Network network = Network.newNetwork();
                GenericContainer<?> redis = new GenericContainer<>(image)
                        .withNetwork(network)
                        .withNetworkAliases("cache")
                        .withExposedPorts(6379)
                        .withCopyToContainer(Transferable.of("from the task\n"), "/tmp/in.txt");
                GenericContainer<?> client = new GenericContainer<>(image)
                        .withNetwork(network)
                        .withCommand("sh", "-c", "echo waiting for orders; exec sleep 300")
                        .waitingFor(Wait.forLogMessage(".*waiting for orders.*", 1))) {
            redis.start();
            check("port", ask(redis.getHost(), redis.getMappedPort(6379)), "+PONG");
            check("copied in", exec(redis, "cat", "/tmp/in.txt"), "from the task");
            check("exec", exec(redis, "redis-cli", "set", "key", "value"), "OK");
            check("exit code", Integer.toString(redis.execInContainer("sh", "-c", "exit 7").getExitCode()), "7");
            check("logs", redis.getLogs().contains("Ready to accept connections") ? "ready" : redis.getLogs(), "ready");
            client.start();
            check("alias", exec(client, "redis-cli", "-h", "cache", "get", "key"), "value");
            check("copied out", redis.copyFileFromContainer("/tmp/in.txt", in ->
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()), "from the task");
        }
        try (GenericContainer<?> web = new GenericContainer<>(image)
                .withExposedPorts(8000)
                .withCommand("perl", "-MIO::Socket::INET", "-e",
                        "$s=IO::Socket::INET->new(LocalPort=>8000,Listen=>9,ReuseAddr=>1) or die $!;"
                                + "while($c=$s->accept){<$c>;print $c \"HTTP/1.0 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok\";close $c}")
                .waitingFor(Wait.forHttp("/").withStartupTimeout(Duration.ofSeconds(60)))) {
            web.start();
            check("http", web.isRunning() ? "up" : "down", "up");
        }
        System.out.println("all is well");
    }

    private static String exec(Container<?> container, String... command) throws Exception {
        Container.ExecResult result = container.execInContainer(command);
        return (result.getStdout() + result.getStderr()).strip();
    }

    private static String ask(String host, int port) throws Exception {
        try (Socket socket = new Socket(host, port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
        }
    }

    private static void check(String what, String found, String expected) {
        if (!found.equals(expected)) {
            throw new AssertionError(what + ": " + found + " instead of " + expected);
        }
        System.out.println(what + ": " + found);
    }
}
