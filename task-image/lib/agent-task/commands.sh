# shellcheck shell=bash
# What is run: the caller's own command where one is set, else what the language does for the task.
#
# A language's file gives functions named LANGUAGE_TASK, as go_unit, and may give LANGUAGE_prepare, which sets up the
# environment in which reports are written, also by commands of the caller, and LANGUAGE_gather, which brings the reports
# to test-reports/ and coverage/ afterwards, whatever the outcome.

# prefix: of the variables that are for one language alone.
prefix() {
  case "$language" in
    python) echo PY ;;
    *) echo "${language^^}" ;;
  esac
}

# own_command: what the caller set for this task. One for the language goes before one for all.
own_command() {
  local kind name
  case "$TASK" in
    unit | integration | e2e | custom) kind=TEST_CMD ;;
    build) kind=BUILD_CMD ;;
    lint) kind=LINT_CMD ;;
    format) kind=FORMAT_CMD ;;
  esac
  name="$(prefix)_$kind"
  if [ -n "$language" ] && [ -n "${!name:-}" ]; then
    echo "${!name}"
  else
    echo "${!kind:-}"
  fi
}

# run_setup: what is to be done before, as installing. Nothing is installed unless this says so.
run_setup() {
  local name
  [ -n "$language" ] || return 0
  name="$(prefix)_SETUP"
  [ -z "${!name:-}" ] || run_step setup bash -c "${!name}"
}

is_function() {
  declare -F "$1" >/dev/null
}

run_task() {
  local name="$1" own code=0 reporting=""
  own="$(own_command)"
  case "$name" in
    unit | integration | e2e | custom) reporting=yes ;;
  esac
  if [ -n "$reporting" ]; then
    mkdir -p "$REPORTS" "$COVERAGE" ||
      usage_fault "test-reports/ and coverage/ cannot be made in $PWD; mount it so that it can be written, or set WORKDIR"
    # An empty directory would say that there was something to see.
    trap 'rmdir "$REPORTS" "$COVERAGE" 2>/dev/null || true' EXIT
    ! is_function "${language}_prepare" || "${language}_prepare"
  fi
  if [ -n "$own" ]; then
    if [ -n "$reporting" ] && is_function "${language}_own"; then
      "${language}_own" "$own" || code=$?
    else
      run_step "$name" bash -c "$own" || code=$?
    fi
  elif [ "$name" = custom ]; then
    usage_fault "TASK=custom runs a command of yours; set TEST_CMD to it"
  else
    is_function "${language}_$name" || usage_fault "there is no $name for $language here; set $(command_variable "$name") to a command that does it"
    "${language}_$name" || code=$?
  fi
  if [ -n "$reporting" ]; then
    ! is_function "${language}_gather" || "${language}_gather"
  fi
  return "$code"
}

command_variable() {
  case "$1" in
    build) echo BUILD_CMD ;;
    lint) echo LINT_CMD ;;
    format) echo FORMAT_CMD ;;
    *) echo TEST_CMD ;;
  esac
}

# need_tool TOOL: or a fault that names the tool.
need_tool() {
  command -v "$1" >/dev/null || usage_fault "this image has no $1; set $(command_variable "$TASK") to what is to be run instead, or use another image"
}
