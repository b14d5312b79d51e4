package dev.fleetrunner.escape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts by what a spec asks for: nothing is run for any of them, and the answer says why. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class RefusalsTest {
    private final Client client = Client.known();
    private int before;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "mounts": [{"type": "bind", "source": "/", "target": "/workspace"}]                                 | 403 | rule everyone
                    "mounts": [{"type": "bind", "source": "/etc", "target": "/host-etc"}]                               | 403 | rule everyone
                    "mounts": [{"type": "bind", "source": "/proc", "target": "/host-proc"}]                             | 403 | rule everyone
                    "mounts": [{"type": "bind", "source": "/sys", "target": "/host-sys"}]                               | 403 | rule everyone
                    "mounts": [{"type": "bind", "source": "/dev/sda", "target": "/workspace/disk"}]                     | 403 | rule everyone
                    "mounts": [{"type": "bind", "source": "/var/run/docker.sock", "target": "/var/run/docker.sock"}]    | 403 | rule everyone
                    "mounts": [{"type": "bind", "source": "/run/podman/podman.sock", "target": "/tmp/engine"}]          | 403 | rule everyone
                    "mounts": [{"type": "bind", "source": "/workspace/../etc", "target": "/x"}]                         | 400 | without detours
                    "mounts": [{"type": "bind", "source": "etc", "target": "/x"}]                                       | 400 | absolute
                    "mounts": [{"type": "bind", "source": "/srv//x", "target": "/x"}]                                   | 400 | without detours
                    "mounts": [{"type": "cache", "source": "x", "target": "/c,source=v,volume-opt=type=none,volume-opt=device=/root,volume-opt=o=bind"}] | 400 | comma
                    "mounts": [{"type": "bind", "source": "/srv/a,source=/etc", "target": "/x"}]                        | 400 | comma
                    "mounts": [{"type": "tmpfs", "target": "/y:dev,suid"}]                                              | 400 | comma
                    "mounts": [{"type": "tmpfs", "target": "/y\\",dst=/z"}]                                              | 400 | comma
                    "mounts": [{"type": "tmpfs", "target": "/"}]                                                        | 400 | the root
                    "mounts": [{"type": "tmpfs", "target": "/proc/self"}]                                               | 400 | /proc
                    "mounts": [{"type": "tmpfs", "target": "/sys/fs/cgroup"}]                                           | 400 | /sys
                    "mounts": [{"type": "tmpfs", "target": "/dev/shm"}]                                                 | 400 | /dev
                    "mounts": [{"type": "tmpfs", "target": "/.fleetrunner"}]                                            | 400 | /.fleetrunner
                    "mounts": [{"type": "tmpfs", "target": "/run/fleet"}]                                               | 400 | /run/fleet
                    "mounts": [{"type": "tmpfs", "target": "/run"}]                                                     | 400 | /run
                    "mounts": [{"type": "tmpfs", "target": "/run/secrets/x"}]                                           | 400 | /run/secrets
                    "mounts": [{"type": "tmpfs", "target": "/x"}, {"type": "tmpfs", "target": "/x"}]                    | 400 | same target
                    "mounts": [{"type": "volume", "source": "someone-elses", "target": "/workspace"}]                   | 400 | one of bind
                    "mounts": [{"type": "workspace", "source": "ws-../../etc", "target": "/workspace"}]                 | 400 | workspace
                    "mounts": [{"type": "cache", "source": "../../other", "target": "/x"}]                              | 400 | cache
                    "user": "0:0"                                                                                       | 403 | rule everyone
                    "user": "root"                                                                                      | 400 | numeric
                    "user": "4294967296:0"                                                                              | 400 | ids up to
                    "privileged": true                                                                                  | 400 | unknown field
                    "cap_add": ["SYS_ADMIN"]                                                                            | 400 | unknown field
                    "devices": ["/dev/kvm"]                                                                             | 400 | unknown field
                    "pid": "host"                                                                                       | 400 | unknown field
                    "security_opt": ["seccomp=unconfined"]                                                              | 400 | unknown field
                    "network": {"mode": "host"}                                                                         | 400 | none, restricted, open
                    "network": {"mode": "container:other"}                                                              | 400 | none, restricted, open
                    "network": {"mode": "open"}                                                                         | 403 | rule everyone
                    "network": {"mode": "restricted", "allow": ["169.254.169.254/latest"]}                              | 400 | host
                    "network": {"mode": "restricted", "allow": ["a\\r\\nHost: b"]}                                      | 400 | host
                    "engine": true                                                                                      | 403 | rule everyone
                    "image": "--privileged"                                                                             | 400 | image reference
                    "image": "a/../../etc"                                                                              | 400 | image reference
                    "image": "localhost/x?y=z&z"                                                                        | 400 | image reference
                    "env": {"A=B": "c"}                                                                                 | 400 | variable
                    "env": {"A": "b\\u0000c"}                                                                           | 400 | NUL
                    "env": {"T": {"secretRef": "../../etc/shadow"}}                                                     | 400 | secret
                    "env": {"T": {"secretRef": "admin-token"}}                                                          | 403 | rule everyone
                    "resources": {"memory": "1Ti"}                                                                      | 403 | rule everyone
                    "resources": {"pids": -1}                                                                           | 400 | from 1
                    "timeouts": {"overallSec": 0}                                                                       | 400 | from 1
                    "artifacts": {"paths": ["/etc/passwd"]}                                                             | 400 | volume
                    "artifacts": {"paths": ["/workspace/../../etc/passwd"]}                                             | 400 | without detours
                    "artifacts": {"paths": ["/proc/1/environ"]}                                                         | 400 | /proc
                    "labels": {"fleetrunner.task": "x\\ny"}                                                             | 400 | label
                    "runtime": "../../run/other.sock"                                                                   | 400 | lower case
                    """)
    void isRefused(String fields, int status, String words) {
        HttpResponse<String> answer = client.post("/api/v1/tasks", "{\"cmd\": [\"true\"], " + fields + "}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @BeforeEach
    void count() {
        before = tasks();
    }

    @AfterEach
    void nothingWasTaken() {
        assertThat(tasks()).isEqualTo(before);
    }

    private int tasks() {
        return Client.json(client.get("/api/v1/health")).get("total_tasks").asInt();
    }
}
