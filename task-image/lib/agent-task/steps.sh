# shellcheck shell=bash
# Telling what is done: JSON lines on standard error, one for the beginning and one for the end of every step.

step=start
language=""

now() {
  echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

# since MILLISECONDS: how long ago that was.
since() {
  echo $(($(now) - $1))
}

# shellcheck disable=SC2034 # agent-task tells it at the end
BEGAN="$(now)"

# json_string TEXT: its characters escaped as RFC 8259 wants it.
json_string() {
  local text="$1" code character
  text="${text//\\/\\\\}"
  text="${text//\"/\\\"}"
  text="${text//$'\n'/\\n}"
  text="${text//$'\t'/\\t}"
  text="${text//$'\r'/\\r}"
  if [[ "$text" == *[$'\001'-$'\037']* ]]; then
    for code in {1..31}; do
      printf -v character '\\x%02x' "$code"
      printf -v character '%b' "$character"
      text="${text//"$character"/"$(printf '\\u%04x' "$code")"}"
    done
  fi
  printf '%s' "$text"
}

# say LEVEL MESSAGE [DURATION]: in milliseconds.
say() {
  local milliseconds seconds
  milliseconds="$(now)"
  TZ=UTC printf -v seconds '%(%Y-%m-%dT%H:%M:%S)T' $((milliseconds / 1000))
  printf '{"timestamp":"%s.%03dZ","level":"%s","message":"%s","task":"%s","lang":%s,"step":"%s","durationMs":%s}\n' \
    "$seconds" $((milliseconds % 1000)) "$1" "$(json_string "$2")" "$(json_string "${TASK:-}")" \
    "$([ -z "$language" ] && echo null || echo "\"$language\"")" "$step" "${3:-null}" >&2
}

# usage_fault MESSAGE: what is wrong and what to set, and the end.
usage_fault() {
  say error "$1"
  exit 2
}

# run_step NAME COMMAND...: gives the command's own exit code.
run_step() {
  local code=0 began
  step="$1"
  shift
  began="$(now)"
  say info "running: $*"
  "$@" || code=$?
  end_step "$code" "$began"
}

end_step() {
  if [ "$1" -eq 0 ]; then
    say info "done" "$(since "$2")"
  else
    say error "exit code $1" "$(since "$2")"
  fi
  return "$1"
}

# run_recorded FILE NAME COMMAND...: the same, and what the command writes is in the file as well. Both of its streams
# become one, in the order in which they were written.
run_recorded() {
  local file="$1" code=0 began
  step="$2"
  shift 2
  began="$(now)"
  say info "running: $*"
  "$@" 2>&1 | tee "$file" || code="${PIPESTATUS[0]}"
  end_step "$code" "$began"
}

# after_step NAME COMMAND...: for what must not change the outcome, as gathering reports after the tests. Quiet when all is
# well; what went wrong is told as a warning.
after_step() {
  local output code=0 began
  step="$1"
  shift
  began="$(now)"
  output="$("$@" 2>&1)" || code=$?
  [ "$code" -eq 0 ] || say warn "$1: exit code $code: ${output:0:500}" "$(since "$began")"
}
