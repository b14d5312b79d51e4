#!/usr/bin/env bats
# Tests of the client against a running service, which FLEET_URL and FLEET_TOKEN name.

bats_require_minimum_version 1.5.0

setup() {
  fleet=$BATS_TEST_DIRNAME/fleet.sh
  cd "$BATS_TEST_TMPDIR"
}

# A spec whose command is a script.
script() {
  jq -n --arg text "$1" '{cmd: ["/bin/sh", "-c", $text]}'
}

# A curl that cuts each log after so many bytes, first in the path.
cut_logs_after() {
  mkdir wire
  {
    printf '#!/bin/bash\n[[ "$*" != */logs ]] || echo >>%q\n' "$PWD/connections"
    printf '[[ "$*" != */logs ]] || { %q "$@" | head -c %d; exit; }\nexec %q "$@"\n' \
      "$(command -v curl)" "$1" "$(command -v curl)"
  } >wire/curl
  chmod +x wire/curl
  PATH=$PWD/wire:$PATH
}

@test "a whole round" {
  mkdir -p files out
  printf '#!/bin/sh\necho hello; mkdir out; echo 42 > out/answer; echo x > "out/a b%%"\n' >files/say.sh
  chmod +x files/say.sh
  workspace=$("$fleet" upload_workspace files)
  task=$(jq -n --arg source "$workspace" '{cmd: ["/workspace/say.sh"], artifacts: {paths: ["/workspace/out"]},
    mounts: [{type: "workspace", source: $source, target: "/workspace"}]}' | "$fleet" run_task -)

  run -0 "$fleet" stream_logs "$task"
  [ "$output" = hello ]
  run -0 "$fleet" await_result "$task" 60
  [ "$(jq -r .status <<<"$output")" = passed ]
  run -0 "$fleet" copy_artifacts "$task" out
  [ "$output" = $'out/workspace/out/a b%\nout/workspace/out/answer' ]
  [ "$(cat out/workspace/out/answer)" = 42 ]
  [ "$(ls -A out)" = workspace ]
}

@test "an archive is a workspace, and the same files are the same one" {
  mkdir files
  echo text >files/name
  tar -C files -czf files.tar.gz .

  first=$("$fleet" upload_workspace files)
  second=$("$fleet" upload_workspace files.tar.gz)

  [ "$first" = "$second" ]
}

@test "functions for a script that sources it" {
  source "$fleet"
  script 'echo here; exit 3' >spec.json

  task=$(fleet_run_task spec.json)

  [ "$(fleet_stream_logs "$task")" = here ]
  [ "$(fleet_await_result "$task" | jq .exitCode)" = 3 ]
}

@test "a bad spec is one line that names its fields" {
  run -1 --separate-stderr "$fleet" run_task - <<<'{"cmd": ["true"], "timeouts": {"overall_sec": 1}}'

  [ -z "$output" ]
  [ "${#stderr_lines[@]}" = 1 ]
  [[ $stderr == "fleet: INVALID_SPEC: "*"/timeouts/overall_sec: unknown field"*"overallSec"*"mend every field"* ]]
}

@test "the same key is the same task" {
  script 'exit 3' >spec.json
  key=shell-test-$RANDOM$RANDOM$RANDOM

  first=$("$fleet" run_task spec.json "$key")
  second=$("$fleet" run_task spec.json "$key")

  [ "$first" = "$second" ]
}

@test "a log goes on where its connection was cut" {
  task=$(script 'i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; done' | "$fleet" run_task -)
  "$fleet" await_result "$task" 60 >/dev/null
  cut_logs_after 4096

  run -0 "$fleet" stream_logs "$task"

  [ "$output" = "$(seq -f 'line %g' 200)" ]
  [ "$(wc -l <connections)" -gt 2 ]
}

@test "a log that is always cut is said to be lost" {
  task=$(script 'echo hello' | "$fleet" run_task -)
  cut_logs_after 10

  run -1 "$fleet" stream_logs "$task"

  [[ $output == *"connection is lost"* ]]
}

@test "lines come as they were written" {
  task=$(script 'printf "  a: b:\n\n\\tc\n"; head -c 70000 /dev/zero | tr "\0" x; printf "\nlast"' | "$fleet" run_task -)

  "$fleet" stream_logs "$task" >log

  printf '  a: b:\n\n\tc\n%s\nlast' "$(head -c 70000 /dev/zero | tr '\0' x)" | cmp - log
}

@test "what runs can be cancelled, again and again" {
  task=$(script 'echo up; sleep 300' | "$fleet" run_task -)
  exec {log}< <("$fleet" stream_logs "$task")
  read -r line <&"$log"
  [ "$line" = up ]
  run -124 "$fleet" await_result "$task" 0

  "$fleet" cancel "$task"

  [ "$("$fleet" await_result "$task" 60 | jq -r .status)" = cancelled ]
  [ -z "$(cat <&"$log")" ]
  "$fleet" cancel "$task"
}

@test "no artifact leads out" {
  source "$fleet"
  mkdir -p root
  ln -s .. root/up

  run -1 _fleet_is_within root up/x
  run -1 _fleet_is_within root a/../../x
  run -0 _fleet_is_within root a/b
}

@test "a task that is not known" {
  run -1 "$fleet" stream_logs nothing
  [[ $output == "fleet: NOT_FOUND: "* ]]
  run -1 "$fleet" await_result nothing
  run -1 "$fleet" copy_artifacts nothing out
  run -1 "$fleet" cancel nothing
}

@test "no service" {
  FLEET_URL=http://127.0.0.1:1 run -1 "$fleet" health

  [[ $output == "fleet: no answer from http://127.0.0.1:1: "*"FLEET_URL"* ]]
  FLEET_URL=http://127.0.0.1:1 run -1 "$fleet" upload_workspace .
}

@test "a wrong token" {
  FLEET_TOKEN=wrong run -1 "$fleet" health

  [[ $output == "fleet: UNAUTHORIZED: "* ]]
}

@test "how it is used" {
  run -2 "$fleet"
  [[ $output == *"fleet.sh run_task SPEC"* ]]
  run -2 "$fleet" copy_artifacts task
}

@test "the token is no argument" {
  mkdir wire
  printf '#!/bin/bash\n[[ "$*" != *"$FLEET_TOKEN"* ]] && exec %q "$@"\n' "$(command -v curl)" >wire/curl
  chmod +x wire/curl

  PATH=$PWD/wire:$PATH run -0 "$fleet" health
}
