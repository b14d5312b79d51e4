package dev.fleetrunner.console.submit;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import java.util.List;

/**
 * A spec to begin with.
 *
 * @param words what it shows
 */
record Example(String name, String words, String spec) {
    static final List<Example> ALL = List.of(
            new Example(
                    "hello",
                    "a script that says hello",
                    """
                    {"cmd": ["/bin/sh", "-c", "echo \\"hello from $(hostname), as user $(id -u)\\""],
                     "timeouts": {"overallSec": 30}}"""),
            new Example(
                    "limits",
                    "little memory, one processor, a minute",
                    """
                    {"cmd": ["/bin/sh", "-c", "ulimit -a; echo \\"working within limits\\""],
                     "timeouts": {"overallSec": 60, "graceSec": 5},
                     "resources": {"cpu": "1", "memory": "256Mi", "pids": 128}}"""),
            new Example(
                    "tests",
                    "tests whose report and coverage come out in the result",
                    """
                    {"cmd": ["/bin/sh", "-c",
                             "mkdir -p reports\\nprintf '1..2\\\\nok 1 - adds\\\\nnot ok 2 - subtracts\\\\n' > reports/unit.tap\\nexit 1"],
                     "timeouts": {"overallSec": 60},
                     "artifacts": {"paths": ["/workspace/reports", "/workspace/coverage/**/*.xml"]}}"""),
            new Example(
                    "workspace",
                    "files of your own: upload them, and the id below is replaced",
                    """
                    {"cmd": ["/bin/sh", "-c", "ls -la /workspace"],
                     "mounts": [{"type": "workspace", "source": "ws-00000000000000000000000000000000", "target": "/workspace"}],
                     "timeouts": {"overallSec": 60}}"""),
            new Example(
                    "cache",
                    "a directory that stays from task to task",
                    """
                    {"cmd": ["/bin/sh", "-c", "if [ -f cache/made ]; then cat cache/made; else date > cache/made; fi"],
                     "mounts": [{"type": "cache", "source": "example", "target": "/workspace/cache"}],
                     "timeouts": {"overallSec": 60}}"""),
            new Example(
                    "network",
                    "two hosts that may be reached, and no others",
                    """
                    {"cmd": ["/bin/sh", "-c", "curl -sSI https://pypi.org/simple/"],
                     "network": {"mode": "restricted", "allow": ["pypi.org", "files.pythonhosted.org"]},
                     "timeouts": {"overallSec": 60}}"""),
            new Example(
                    "agent-task",
                    "a project's tests in the task image, in the words of a case",
                    """
                    {"image": "localhost/fleet-runner-task:latest", "cmd": ["agent-task"],
                     "env": {"TASK": "unit", "LANG": "python"},
                     "artifacts": {"paths": ["/workspace/test-reports", "/workspace/coverage/**/*.xml"]},
                     "context": {"case_id": "case-7429", "task_id": "dev-impl-authz-v2", "role": "developer"},
                     "labels": {"team": "authz"}}"""));

    /** Refused with {@code NOT_FOUND} for one that there is not. */
    static Example named(String name) {
        return ALL.stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.of(CauseCode.NOT_FOUND
                        .because("there is no example of this name")
                        .withRemedy("choose one of those on the page for a new task")));
    }
}
