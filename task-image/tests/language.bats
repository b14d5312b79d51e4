#!/usr/bin/env bats
# How the language is found, and that LANG stays what it is to everybody else.

load common

# language_of NAME=VALUE...: what agent-task takes the project for. The command of the caller is run for any language.
language_of() {
  agent TASK=lint LINT_CMD=true "$@"
  [ "$status" -eq 0 ]
  python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["lang"])' <<<"$output"
}

@test "from the files" {
  for pair in go.mod:go pom.xml:java build.gradle:java build.gradle.kts:java package.json:node Cargo.toml:rust \
    pyproject.toml:python setup.py:python CMakeLists.txt:c; do
    rm -f ./*
    touch "${pair%:*}"
    [ "$(language_of)" = "${pair#*:}" ]
  done
}

@test "from LANG, which is a locale afterwards" {
  agent TASK=custom LANG=go TEST_CMD='echo "LANG is $LANG"'
  [ "$status" -eq 0 ]
  [[ "$output" == *"LANG is C.UTF-8"* ]]
  said "line['lang'] == 'go'"
}

@test "a locale in LANG is left alone" {
  touch go.mod
  for locale in C POSIX C.UTF-8 de_DE de_DE.UTF-8 en_US.ISO-8859-15@euro; do
    [ "$(language_of LANG="$locale")" = go ]
    agent TASK=custom LANG="$locale" TEST_CMD='echo "LANG is $LANG"'
    [[ "$output" == *"LANG is $locale"* ]]
  done
}

@test "TASK_LANG before LANG before the files" {
  touch go.mod
  [ "$(language_of TASK_LANG=rust LANG=node)" = rust ]
  [ "$(language_of LANG=node)" = node ]
}

@test "none is needed for a command of the caller" {
  [ "$(language_of)" = None ]
}
