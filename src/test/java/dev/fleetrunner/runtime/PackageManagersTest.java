package dev.fleetrunner.runtime;

import static dev.fleetrunner.runtime.SpecBuilder.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.runtime.registry.Outside;
import dev.fleetrunner.runtime.registry.Packages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package managers of the task image get out through the proxy without the user's doing. What a test sets besides is
 * where its own registry is, and the authority that vouches for it.
 */
class PackageManagersTest extends RuntimeContract {
    private static final String IMAGE =
            System.getProperty("fleet.test.task-image", "localhost/fleet-runner-task:latest");

    @TempDir
    static Path directory;

    private static Outside outside;

    @BeforeAll
    static void serve() throws Exception {
        outside = new Outside(directory);
        outside.serve(Packages.all(outside.https(), directory));
    }

    @AfterAll
    static void stop() {
        outside.close();
    }

    /** Runs a script that may reach one host, and gives what it printed. */
    private String run(String host, String port, String script) throws Exception {
        Started started =
                start(shell("set -e; cd /workspace; export CA=/tmp/ca.pem; printf %s \"$PEM\" > $CA; " + script)
                        .image(IMAGE)
                        .memory(2L << 30)
                        .pids(500)
                        .env(Map.of("PEM", outside.pem(), "TRUST", outside.trustStore()))
                        .allow(host + port));
        TaskRun run = TaskRun.finish(started.running());
        assertThat(run.exit().code()).as(run.out() + run.err()).isZero();
        assertThat(runtime.denied(started.ref()).await().atMost(LIMIT).hosts()).isEmpty();
        assertThat(outside.asked()).contains(host);
        runtime.remove(started.ref()).await().atMost(LIMIT);
        return run.out();
    }

    private String https(String host) {
        return "https://" + host + outside.https();
    }

    @Test
    void pip() throws Exception {
        String out = run(
                "pypi.test",
                outside.https(),
                "export PIP_CERT=$CA; pip install -q --target /tmp/p --index-url " + https("pypi.test")
                        + "/simple hello; PYTHONPATH=/tmp/p python3 -c 'import hello'");
        assertThat(out).contains("hello from python");
    }

    @Test
    void npm() throws Exception {
        String out = run(
                "npm.test",
                outside.https(),
                "export NODE_EXTRA_CA_CERTS=$CA; npm install --no-audit --no-fund --registry " + https("npm.test")
                        + " hello; node -e 'require(\"hello\")'");
        assertThat(out).contains("hello from node");
    }

    @Test
    void go() throws Exception {
        String out = run(
                "go.test",
                outside.https(),
                "export SSL_CERT_FILE=$CA GOSUMDB=off GOPROXY=" + https("go.test")
                        + "; go mod init mine; go get example.test/hello@v1.0.0; go list -m -f '{{.Dir}}' example.test/hello"
                        + " | xargs -I@ cat @/hello.go");
        assertThat(out).contains("hello from go");
    }

    @Test
    void cargo() throws Exception {
        String out = run(
                "cargo.test",
                outside.https(),
                "export CARGO_HTTP_CAINFO=$CA; cargo init -q --name mine .; mkdir -p .cargo;"
                        + "printf '[source.crates-io]\\nreplace-with=\"here\"\\n[source.here]\\nregistry=\"sparse+"
                        + https("cargo.test") + "/\"\\n' > .cargo/config.toml; cargo add -q hello; cargo fetch -q;"
                        + "cat ~/.cargo/registry/src/*/hello-1.0.0/src/lib.rs");
        assertThat(out).contains("TEXT");
    }

    @Test
    void maven() throws Exception {
        String out = run(
                "maven.test",
                outside.https(),
                "printf %s \"$TRUST\" | base64 -d > /tmp/trust.p12; cat > pom.xml <<'END'\n"
                        + "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId>"
                        + "<version>1</version><repositories><repository><id>here</id><url>" + https("maven.test")
                        + "/</url></repository></repositories><dependencies><dependency><groupId>com.example</groupId>"
                        + "<artifactId>hello</artifactId><version>1.0</version></dependency></dependencies></project>\nEND\n"
                        + "mvn -B -Djavax.net.ssl.trustStore=/tmp/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit"
                        + " compile; cat ~/.m2/repository/com/example/hello/1.0/hello-1.0.pom");
        assertThat(out).contains("<artifactId>hello</artifactId>");
    }

    @Test
    void git() throws Exception {
        String out = run(
                "git.test",
                outside.https(),
                "export GIT_SSL_CAINFO=$CA; git clone -q " + https("git.test") + "/repo.git r; cat r/hello");
        assertThat(out).contains("hello from git");
    }

    @Test
    void curlAndAptOverPlainHttp() throws Exception {
        String url = "http://web.test" + outside.http() + "/plain";
        String out = run(
                "web.test",
                outside.http(),
                "curl -fsS " + url + "; /usr/lib/apt/apt-helper download-file " + url + " /tmp/x; cat /tmp/x");
        assertThat(out).containsPattern("(?s)hello from the web.*hello from the web");
    }

    @Test
    void curlOverHttps() throws Exception {
        assertThat(run("web.test", outside.https(), "curl -fsS --cacert $CA " + https("web.test") + "/plain"))
                .contains("hello from the web");
    }
}
