# shellcheck shell=bash
# What the tests share: an empty directory to work in, and agent-task with nothing set but what the test sets.

REPO="$(cd "$BATS_TEST_DIRNAME/../.." && pwd)"
LIBRARY="$REPO/task-image/lib/agent-task"

setup() {
  cd "$BATS_TEST_TMPDIR" || return
  mkdir project
  cd project || return
}

# agent NAME=VALUE...: `output` has what it wrote, `status` its exit code.
agent() {
  run env -i PATH="$PATH" HOME="$BATS_TEST_TMPDIR" AGENT_TASK_LIBRARY="$LIBRARY" "$@" "$REPO/task-image/bin/agent-task"
}

# said EXPRESSION: whether a JSON line that agent-task wrote fulfils a Python expression over `line`.
said() {
  python3 -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin if line.startswith("{\"timestamp\"")]
sys.exit(not any(eval(sys.argv[1], {"line": line}) for line in lines))' "$1" <<<"$output"
}
