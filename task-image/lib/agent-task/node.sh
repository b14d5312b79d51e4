# shellcheck shell=bash
# Node.js: its own test runner, which writes JUnit XML and LCOV, by itself or behind `npm test`.

node_prepare() {
  rm -f "$REPORTS"/node-*.xml "$COVERAGE/lcov.info"
  # Who names reporters has to name all of them, so there ours would be one too many.
  if ! grep -qs -- --test-reporter package.json && [[ "$(own_command)" != *--test-reporter* ]]; then
    # To whichever `node --test` is started, also by a script or a command of the caller. Node wants a destination for each.
    export NODE_OPTIONS="${NODE_OPTIONS:-} --test-reporter=spec --test-reporter-destination=stdout --test-reporter=\"$LIBRARY/node_junit.mjs\" --test-reporter-destination=stderr"
  fi
}

# node_tests COMMAND: where that is `node --test` itself, it gets coverage as well, which no environment variable can ask for.
node_tests() {
  local command="$1"
  if [[ "$command" =~ ^node\ --test(\ |$) && "$command" != *--test-reporter* ]]; then
    printf -v command 'node --experimental-test-coverage --test-reporter=lcov --test-reporter-destination=%q %s' \
      "$COVERAGE/lcov.info" "${command#node }"
  fi
  PATH="$PWD/node_modules/.bin:$PATH" run_step "$TASK" bash -c "$command"
}

# node_command NAME: the script of that name in package.json; false if there is none.
node_command() {
  need_tool node
  [ -f package.json ] && node -e '
    const script = (JSON.parse(require("fs").readFileSync("package.json", "utf8")).scripts ?? {})[process.argv[1]];
    if (!script) process.exit(1);
    console.log(script);' "$1"
}

node_script() {
  node_command "$1" >/dev/null
}

node_unit() {
  need_tool node
  if node_script test:unit; then
    node_run test:unit
  elif node_script test; then
    node_run test
  else
    node_tests "node --test"
  fi
}

node_own() {
  node_tests "$1"
}

# node_run SCRIPT: by npm, with what stands before and after it, unless it is just the test runner.
node_run() {
  local command
  command="$(node_command "$1")"
  if [[ "$command" =~ ^node\ --test(\ |$) ]] && ! node_script "pre$1" && ! node_script "post$1"; then
    node_tests "$command"
  else
    need_tool npm
    run_step "$TASK" npm run --silent "$1"
  fi
}

# A file without anything in it is no report: the runner makes them first and may not come to write.
node_gather() {
  find "$COVERAGE/lcov.info" -empty -delete 2>/dev/null || true
}

node_integration() {
  node_named_script test:integration
}

node_e2e() {
  node_named_script test:e2e
}

node_build() {
  node_named_script build
}

node_lint() {
  if node_script lint; then
    node_run lint
  else
    run_step "$TASK" node_check_syntax
  fi
}

node_format() {
  node_named_script format:check
}

node_named_script() {
  node_script "$1" || usage_fault "package.json has no script $1; add it, or set $(command_variable "$TASK") to what is to be run"
  node_run "$1"
}

node_check_syntax() {
  find . \( -name node_modules -o -name .git \) -prune -o \( -name '*.js' -o -name '*.mjs' -o -name '*.cjs' \) -print0 |
    xargs -0 -r -n 1 node --check
}
