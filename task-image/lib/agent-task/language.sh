# shellcheck shell=bash
# Which language the project is in.

LANGUAGES="python go java node rust c"

is_language() {
  case " $LANGUAGES " in
    *" $1 "*) [ -n "$1" ] ;;
    *) return 1 ;;
  esac
}

# is_locale VALUE: what POSIX and glibc take for one: C, POSIX, C.UTF-8, de_DE, en_US.UTF-8@euro; also empty.
is_locale() {
  [[ "$1" =~ ^$|^(C|POSIX)(\.[A-Za-z0-9-]+)?$|^[a-z]{2,3}(_[A-Z]{2})?(\.[A-Za-z0-9-]+)?(@[A-Za-z]+)?$ ]]
}

# took_locale_apart: LANG is the locale to every other program, so a language in it is taken out before one of them sees
# it. `c` is a language and `C` a locale.
took_locale_apart() {
  if is_language "${LANG:-}"; then
    TASK_LANG="${TASK_LANG:-$LANG}"
    export LANG=C.UTF-8
  elif ! is_locale "${LANG:-}"; then
    usage_fault "LANG is '$LANG', which is no language and no locale; set TASK_LANG to one of: ${LANGUAGES// /, }"
  fi
  if [ -n "${TASK_LANG:-}" ] && ! is_language "$TASK_LANG"; then
    usage_fault "TASK_LANG is '$TASK_LANG'; set it to one of: ${LANGUAGES// /, }, or leave it away"
  fi
}

# find_language: sets `language`. It stays empty where nothing tells and nothing needs it.
find_language() {
  local found
  language="${TASK_LANG:-}"
  [ -z "$language" ] || return 0
  found="$(languages_here)"
  case "$found" in
    '')
      needs_no_language ||
        usage_fault "no language can be told from the files in $PWD; set TASK_LANG to one of: ${LANGUAGES// /, }, or SUBDIR to where the project is, or a command: TEST_CMD"
      ;;
    *' '*)
      needs_no_language ||
        usage_fault "the files in $PWD tell of several languages ($found); set TASK_LANG to the one that is meant"
      ;;
    *) language="$found" ;;
  esac
}

needs_no_language() {
  [ "$TASK" = custom ] || [ -n "$(own_command)" ]
}

# languages_here: those whose project files are in this directory.
languages_here() {
  local here=()
  ! any_file pyproject.toml setup.py setup.cfg requirements.txt pytest.ini tox.ini || here+=(python)
  ! any_file go.mod || here+=(go)
  ! any_file pom.xml build.gradle build.gradle.kts || here+=(java)
  ! any_file package.json || here+=(node)
  ! any_file Cargo.toml || here+=(rust)
  ! any_file CMakeLists.txt || here+=(c)
  echo "${here[*]}"
}

any_file() {
  local name
  for name in "$@"; do
    [ ! -f "$name" ] || return 0
  done
  return 1
}
