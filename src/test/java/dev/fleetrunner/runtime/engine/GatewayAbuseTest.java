package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile task tries with its engine: each is refused in the engine's shape, and nothing is made. */
@Tag("engine")
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
class GatewayAbuseTest {
    private static final String IMAGE = "\"Image\":\"" + GatewayTasks.IMAGE + "\",\"Cmd\":[\"sleep\",\"300\"]";
    private static final int LARGE = 2 << 20;

    static Stream<EngineFixture> fixtures() {
        return GatewayTest.fixtures();
    }

    @Parameter
    EngineFixture fixture;

    private GatewayTasks tasks;
    private GatewayTasks.Task task;
    private GatewayClient engine;

    @BeforeEach
    void open() {
        tasks = new GatewayTasks(fixture, new GatewayLimits(3, false, false));
        task = tasks.idle();
        engine = task.engine();
    }

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void aContainerGetsNothingOfTheMachine() {
        for (String host : List.of(
                "\"Privileged\":true",
                "\"PidMode\":\"host\"",
                "\"PidMode\":\"container:abc\"",
                "\"IpcMode\":\"host\"",
                "\"IpcMode\":\"container:abc\"",
                "\"UTSMode\":\"host\"",
                "\"UsernsMode\":\"host\"",
                "\"CgroupnsMode\":\"host\"",
                "\"NetworkMode\":\"host\"",
                "\"NetworkMode\":\"ns:/proc/1/ns/net\"",
                "\"CapAdd\":[\"SYS_ADMIN\"]",
                "\"Devices\":[{\"PathOnHost\":\"/dev/kmsg\",\"PathInContainer\":\"/dev/x\",\"CgroupPermissions\":\"rwm\"}]",
                "\"DeviceRequests\":[{\"Count\":-1}]",
                "\"DeviceCgroupRules\":[\"b *:* rwm\"]",
                "\"SecurityOpt\":[\"seccomp=unconfined\"]",
                "\"SecurityOpt\":[\"apparmor=unconfined\"]",
                "\"Sysctls\":{\"net.ipv4.ip_forward\":\"1\"}",
                "\"CgroupParent\":\"/\"",
                "\"Runtime\":\"other\"",
                "\"StorageOpt\":{\"size\":\"1T\"}",
                "\"OomKillDisable\":true",
                "\"Links\":[\"other:x\"]",
                "\"RestartPolicy\":{\"Name\":\"always\"}",
                "\"VolumeDriver\":\"sshfs\"",
                "\"Binds\":[\"/:/host\"]",
                "\"Binds\":[\"/var/run/docker.sock:/var/run/docker.sock\"]",
                "\"Binds\":[\"../../etc:/etc\"]",
                "\"Binds\":[\"data:/data:shared\"]",
                "\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/\",\"Target\":\"/host\"}]",
                "\"Mounts\":[{\"Type\":\"image\",\"Source\":\"x\",\"Target\":\"/host\"}]",
                "\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/v\",\"VolumeOptions\":{\"DriverConfig\":"
                        + "{\"Name\":\"local\",\"Options\":{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/\"}}}}]",
                "\"Tmpfs\":{\"/t\":\"suid,dev\"}",
                "\"GroupAdd\":[\"keep-groups\"]",
                "\"ExtraHosts\":[\"x:host-gateway\"]",
                "\"PortBindings\":{\"53/udp\":[{}]}",
                "\"NewField\":\"whatever comes with a later engine\"")) {
            refused(403, engine.post("/containers/create", "{" + IMAGE + ",\"HostConfig\":{" + host + "}}"), host);
        }
        refused(403, engine.post("/containers/create", "{" + IMAGE + ",\"Unknown\":[1]}"), "an unknown field");
        nothingWasMade();
    }

    @Test
    void theRefusalOfTheEnginesSocketNamesTheVariable() {
        GatewayClient.Answer answer = engine.post(
                "/containers/create",
                "{" + IMAGE + ",\"HostConfig\":{\"Binds\":[\"/run/podman/podman.sock:/var/run/docker.sock\"]}}");

        assertThat(answer.message()).contains("TESTCONTAINERS_RYUK_DISABLED=true");
    }

    @Test
    void othersAreNotThere() {
        GatewayTasks.Task other = tasks.idle();
        String foreign = make(other.engine(), "db");
        other.engine().post("/containers/db/start", null);
        other.engine().post("/networks/create", "{\"Name\":\"net\"}");
        other.engine().post("/volumes/create", "{\"Name\":\"data\"}");
        String exec = other.engine()
                .post("/containers/db/exec", "{\"Cmd\":[\"sleep\",\"100\"]}")
                .json()
                .path("Id")
                .asText();
        String itself = "fleetrunner-" + task.id();

        for (String name : List.of(
                foreign, foreign.substring(0, 12), "db", "fleetrunner-" + other.id() + ".db", itself, "%2Fdb")) {
            for (String path : List.of("/json", "/logs?stdout=1", "/archive?path=/", "/top", "/stats")) {
                refused(404, engine.get("/containers/" + name + path), "GET " + name + path);
            }
            for (String path : List.of("/kill", "/stop", "/start", "/restart", "/pause", "/wait", "/attach?stdout=1")) {
                refused(404, engine.post("/containers/" + name + path, null), "POST " + name + path);
            }
            refused(404, engine.post("/containers/" + name + "/exec", "{\"Cmd\":[\"id\"]}"), "exec in " + name);
            refused(404, engine.post("/containers/" + name + "/rename?name=mine", null), "rename " + name);
            refused(404, engine.send("PUT", "/containers/" + name + "/archive?path=/", ""), "put into " + name);
            refused(404, engine.delete("/containers/" + name + "?force=1"), "remove " + name);
            for (String joined : List.of("\"NetworkMode\":\"container:%s\"", "\"VolumesFrom\":[\"%s\"]")) {
                String host = joined.formatted(name);
                refused(404, engine.post("/containers/create", "{" + IMAGE + ",\"HostConfig\":{" + host + "}}"), host);
            }
        }
        refused(404, engine.post("/exec/" + exec + "/start", "{}"), "start a foreign command");
        refused(404, engine.get("/exec/" + exec + "/json"), "look at a foreign command");
        for (String network : List.of("net", "fleetrunner-" + other.id() + ".net", "podman", "host")) {
            refused(404, engine.get("/networks/" + network), network);
            refused(404, engine.delete("/networks/" + network), network);
        }
        refused(404, engine.get("/volumes/data"), "a foreign volume");
        refused(404, engine.delete("/volumes/fleetrunner-" + other.id() + ".data"), "a foreign volume");
        assertThat(other.engine()
                        .get("/containers/db/json")
                        .json()
                        .at("/State/Running")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void listsShowOnesOwnWhateverTheFilterSays() {
        GatewayTasks.Task other = tasks.idle();
        make(other.engine(), "db");
        String wish = "%7B%22label%22%3A%5B%22fleetrunner.task%3D" + other.id() + "%22%5D%7D";

        for (String list : List.of("/containers/json?all=1", "/containers/json?all=1&filters=" + wish)) {
            assertThat(engine.get(list).json()).as(list).isEmpty();
        }
        assertThat(engine.get("/networks?filters=" + wish).json()).isEmpty();
        assertThat(engine.get("/volumes?filters=" + wish).json().path("Volumes"))
                .isEmpty();
        assertThat(engine.post("/containers/prune?filters=" + wish, null).json().path("ContainersDeleted"))
                .isEmpty();
        assertThat(other.engine().get("/containers/db/json").status()).isEqualTo(200);
        JsonNode info = engine.get("/info").json();
        assertThat(info.path("Containers").asInt()).isZero();
        String events = engine.get("/events?since=1&until=" + System.currentTimeMillis() / 1000)
                .body();
        assertThat(events).doesNotContain(other.id());
    }

    @Test
    void labelsOfTheRunnerAreItsOwn() {
        String spoof = ",\"Labels\":{\"fleetrunner.task\":\"another\"}}";
        refused(403, engine.post("/containers/create", "{" + IMAGE + spoof), "a container's label");
        refused(403, engine.post("/networks/create", "{\"Name\":\"net\"" + spoof), "a network's label");
        refused(403, engine.post("/volumes/create", "{\"Name\":\"data\"" + spoof), "a volume's label");
        nothingWasMade();
    }

    @Test
    void networksAndVolumesAreOfTheGatewaysKind() {
        for (String network : List.of(
                "\"Driver\":\"macvlan\"",
                "\"Options\":{\"com.docker.network.bridge.name\":\"eth0\"}",
                "\"IPAM\":{\"Config\":[{\"Subnet\":\"169.254.169.0/24\"}]}",
                "\"EnableIPv6\":true",
                "\"ConfigFrom\":{\"Network\":\"x\"}")) {
            refused(403, engine.post("/networks/create", "{\"Name\":\"net\"," + network + "}"), network);
        }
        String options = "{\"Name\":\"data\",\"DriverOpts\":{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/\"}}";
        refused(403, engine.post("/volumes/create", options), options);
        refused(403, engine.post("/volumes/create", "{\"Name\":\"data\",\"Driver\":\"nfs\"}"), "a driver");
        nothingWasMade();
    }

    @Test
    void whatIsNotListedIsNotOpen() {
        for (String path : List.of(
                "/build",
                "/commit?container=x",
                "/images/load",
                "/images/x/push",
                "/images/x/tag",
                "/images/create?fromImage=redis",
                "/build/prune",
                "/swarm/init",
                "/services/create",
                "/plugins/pull",
                "/secrets/create",
                "/session",
                "/grpc",
                "/auth",
                "/libpod/containers/create",
                "/v4.0.0/libpod/containers/create",
                "/containers/x/update",
                "/containers/x/commit")) {
            refused(403, engine.post(path, "{}"), path);
        }
        for (String path : List.of(
                "/system/df",
                "/swarm",
                "/plugins",
                "/nodes",
                "/tasks",
                "/containers/x/export",
                "/images/x/get",
                "/images/search?term=x",
                "/distribution/x/json",
                "/v4.0.0/libpod/info")) {
            refused(403, engine.get(path), path);
        }
        refused(403, engine.delete("/images/localhost/fleet-runner-base"), "an image's removal");
    }

    @Test
    void theRequestIsReadStrictly() {
        for (String path : List.of(
                "/containers/../images/json",
                "/containers/%2e%2e/json",
                "/containers/x%2F..%2Fy/json",
                "//containers/json",
                "/containers//json",
                "http://other/containers/json",
                "/containers/json?filters=%",
                "/images/%2e%2e/%2e%2e/json",
                "/containers/x%0d%0aX/json")) {
            GatewayClient.Answer answer = engine.get(path);
            assertThat(answer.status()).as(path).isIn(400, 403);
            assertThat(answer.message()).as(path).isNotEmpty();
        }
    }

    @Test
    void oneRequestCannotHideAnother() {
        String hidden = "GET /containers/json HTTP/1.1\r\nHost: e\r\n\r\n";
        String twice = "POST /networks/create HTTP/1.1\r\nHost: e\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}";
        String both = "POST /volumes/create HTTP/1.1\r\nHost: e\r\nConnection: close\r\nContent-Length: 99\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + hidden;
        String negative = "POST /volumes/create HTTP/1.1\r\nHost: e\r\nContent-Length: -1\r\n\r\n";
        String header = "GET /_ping HTTP/1.1\r\nHost: e\r\nX: " + "a".repeat(100_000) + "\r\n\r\n";

        assertThat(engine.raw(twice).status()).isEqualTo(400);
        assertThat(engine.raw(negative).status()).isEqualTo(400);
        assertThat(engine.raw(header).status()).isIn(0, 400);
        assertThat(engine.raw(both).body()).doesNotContain("HTTP/1.1 200");
        assertThat(engine.get("/_ping").status()).isEqualTo(200);
    }

    @Test
    void bodiesHaveBounds() {
        String large = "{\"Name\":\"" + "x".repeat(LARGE) + "\"}";
        String deep = "{\"Name\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        String twice = "{" + IMAGE + ",\"HostConfig\":{},\"HostConfig\":{\"Privileged\":true}}";

        assertThat(engine.post("/networks/create", large).status()).isIn(0, 413);
        refused(400, engine.post("/networks/create", deep), "deep");
        refused(400, engine.post("/containers/create", twice), "a field that is there twice");
        refused(400, engine.post("/containers/create", "{\"Image\":\"a\"} x"), "something behind the JSON");
        assertThat(engine.get("/_ping").status()).isEqualTo(200);
    }

    @Test
    void thereIsABudget() {
        for (int i = 0; i < 3; i++) {
            make(engine, "c" + i);
        }

        refused(409, engine.post("/containers/create", "{" + IMAGE + "}"), "one too many");
        engine.delete("/containers/c0");
        refused(
                409,
                engine.post("/containers/create", "{" + IMAGE + ",\"HostConfig\":{\"Memory\":8589934592}}"),
                "more memory than the task's own");
        refused(
                409,
                engine.post("/containers/create", "{" + IMAGE + ",\"HostConfig\":{\"NanoCpus\":64000000000}}"),
                "more processors than the task's own");
        assertThat(engine.post("/containers/create", "{" + IMAGE + "}").status())
                .isEqualTo(201);
    }

    @Test
    void aCommandGetsNoPrivileges() {
        make(engine, "db");
        engine.post("/containers/db/start", null);

        refused(
                403,
                engine.post("/containers/db/exec", "{\"Cmd\":[\"id\"],\"Privileged\":true}"),
                "a privileged command");
    }

    private static String make(GatewayClient engine, String name) {
        GatewayClient.Answer made = engine.post("/containers/create?name=" + name, "{" + IMAGE + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("Id").asText();
    }

    private static void refused(int status, GatewayClient.Answer answer, String what) {
        assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(status);
        assertThat(answer.message()).as(what).isNotEmpty();
    }

    private void nothingWasMade() {
        assertThat(engine.get("/containers/json?all=1").json()).isEmpty();
        assertThat(engine.get("/volumes").json().path("Volumes")).isEmpty();
        assertThat(engine.get("/networks").json())
                .allSatisfy(network -> assertThat(network.path("Name").asText()).isEqualTo("bridge"));
    }
}
