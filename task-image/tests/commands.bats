#!/usr/bin/env bats
# Which command is run, what is told of it, and whose exit code comes out.

load common

@test "the exit code is the command's" {
  agent TASK=custom TEST_CMD='exit 7'
  [ "$status" -eq 7 ]
  said "line['step'] == 'custom' and line['level'] == 'error' and line['message'] == 'exit code 7'"
  said "line['step'] == 'end' and line['message'] == 'custom ended with exit code 7' and line['durationMs'] >= 0"
}

@test "a command of the language before one for all" {
  touch go.mod
  agent TASK=lint LINT_CMD='echo all' GO_LINT_CMD='echo go'
  [ "$status" -eq 0 ]
  [[ "$output" == *$'\ngo\n'* ]]
  [[ "$output" != *$'\nall\n'* ]]
}

@test "each task has its own command" {
  for pair in build:BUILD_CMD lint:LINT_CMD format:FORMAT_CMD custom:TEST_CMD unit:TEST_CMD integration:TEST_CMD e2e:TEST_CMD; do
    agent "TASK=${pair%:*}" "${pair#*:}=echo this one"
    [ "$status" -eq 0 ]
    [[ "$output" == *$'\nthis one\n'* ]]
  done
}

@test "the setup goes first, and its failure is the end" {
  touch pyproject.toml
  agent TASK=lint PY_SETUP='echo first' LINT_CMD='echo second'
  [ "$status" -eq 0 ]
  [[ "$output" == *first*second* ]]
  agent TASK=lint PY_SETUP='exit 3' LINT_CMD='echo second'
  [ "$status" -eq 3 ]
  [[ "$output" != *second* ]]
}

@test "what the caller wrote cannot break the lines" {
  agent TASK=custom TEST_CMD=$'printf "%s" \'a "quoted" \\ text\'\t\n# and \x1b[31mcolours'
  [ "$status" -eq 0 ]
  said "line['message'].endswith('\x1b[31mcolours')"
  said "'a \"quoted\"' in line['message']"
}

@test "every line has the fields, and times of RFC 3339" {
  agent TASK=custom TEST_CMD=true
  said "set(line) == {'timestamp', 'level', 'message', 'task', 'lang', 'step', 'durationMs'}"
  [[ "$output" =~ \"timestamp\":\"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\" ]]
}

@test "reports lie beside the project, not in a directory of it, and empty directories go" {
  mkdir backend
  agent TASK=custom SUBDIR=backend TEST_CMD='pwd; echo "$REPORTS $COVERAGE"; touch "$REPORTS/one.xml"'
  [ "$status" -eq 0 ]
  [[ "$output" == *"$PWD/backend"* ]]
  [ -f test-reports/one.xml ]
  [ ! -e coverage ]
}

@test "REPORT_DIR says where reports go" {
  agent TASK=custom REPORT_DIR="$PWD/out" TEST_CMD='touch "$REPORTS/one.xml"'
  [ -f out/test-reports/one.xml ]
}

@test "a make whose tests write TAP" {
  printf 'test:\n\t@printf "1..2\\nok 1 - adds\\nnot ok 2 - subtracts\\n# calc_test.c:12: 1 is not 2\\n"; exit 1\n' >Makefile
  agent TASK=unit TASK_LANG=c
  [ "$status" -eq 2 ] # make's own for a recipe that failed
  grep -q 'testcase classname="tap" name="adds"' test-reports/tap.xml
  grep -q 'failure message="calc_test.c:12: 1 is not 2"' test-reports/tap.xml
}

@test "a directory is no target of make, and the other name is taken" {
  mkdir test
  printf 'check:\n\t@echo checked; exit 1\n' >Makefile
  agent TASK=unit TASK_LANG=c
  [ "$status" -eq 2 ]
  [[ "$output" == *checked* ]]
  mkdir e2e
  agent TASK=e2e TASK_LANG=c
  said "'the Makefile has no target e2e' in line['message']"
}

@test "a Makefile keeps its own flags" {
  mkdir test
  printf 'CFLAGS ?= -DANSWER=42\nLDFLAGS = -lm\nanswer: answer.c\n\t$(CC) $(CFLAGS) -o $@ $< $(LDFLAGS)\ntest: answer\n\t./answer\n.PHONY: test\n' >Makefile
  printf 'int main(void) { return ANSWER - 42; }\n' >answer.c
  agent TASK=unit TASK_LANG=c
  [ "$status" -eq 0 ]
  [ -n "$(find . -name '*.gcda')" ]
}

@test "a project without the profile has no e2e in Maven" {
  touch pom.xml
  agent TASK=e2e
  [ "$status" -eq 2 ]
  said "'no pom.xml has a profile e2e' in line['message']"
}
