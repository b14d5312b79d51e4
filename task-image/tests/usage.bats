#!/usr/bin/env bats
# What is wrong with the environment is told in one line that says what to set, with exit code 2.

load common

fault() {
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  said "line['level'] == 'error' and '''$1''' in line['message']"
}

@test "no TASK" {
  agent
  fault "TASK is not set; set it to one of: unit"
}

@test "an unknown TASK" {
  agent TASK=fly
  fault "TASK is 'fly'; set it to one of: unit"
}

@test "arguments" {
  run "$REPO/task-image/bin/agent-task" --task unit
  [ "$status" -eq 2 ]
}

@test "help is not a fault" {
  AGENT_TASK_LIBRARY="$LIBRARY" run "$REPO/task-image/bin/agent-task" --help
  [ "$status" -eq 0 ]
  [[ "$output" == *"TASK=unit agent-task"* ]]
  [[ "$output" != *"set -euo"* ]]
}

@test "an unknown TASK_LANG" {
  agent TASK=unit TASK_LANG=cobol
  fault "TASK_LANG is 'cobol'; set it to one of: python, go, java, node, rust, c"
}

@test "a LANG that is no language and no locale" {
  agent TASK=unit LANG=cobol
  fault "set TASK_LANG to one of"
}

@test "nothing tells the language" {
  agent TASK=unit
  fault "no language can be told from the files in"
}

@test "several languages at once" {
  touch go.mod package.json
  agent TASK=unit
  fault "tell of several languages (go node); set TASK_LANG"
}

@test "custom without a command" {
  agent TASK=custom
  fault "set TEST_CMD"
}

@test "a task that the language has not" {
  touch pom.xml
  agent TASK=format
  fault "there is no format for java here; set FORMAT_CMD"
}

@test "a script that package.json has not" {
  echo '{"scripts": {}}' >package.json
  agent TASK=build
  fault "package.json has no script build; add it, or set BUILD_CMD"
}

@test "a REF without a repository" {
  agent TASK=custom TEST_CMD=true REF=main
  fault "REF is set and REPO_URL is not"
}

@test "directories that are not there" {
  agent TASK=custom TEST_CMD=true WORKDIR=/nowhere
  fault "WORKDIR /nowhere is not a directory"
  agent TASK=custom TEST_CMD=true SUBDIR=nowhere
  fault "SUBDIR nowhere is not a directory"
}

@test "a place to clone to that is not empty" {
  touch file
  agent TASK=custom TEST_CMD=true REPO_URL=/some/where
  fault "is not empty"
}
