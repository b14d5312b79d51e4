#!/usr/bin/env bash
# Fleet Runner for the shell: bash, curl, jq and tar.
#
#   fleet.sh run_task SPEC [KEY]          hands in a spec (a file, or - for standard input); the id of its task
#   fleet.sh stream_logs TASK [AFTER]     the log's lines behind a number, live, until the task is over
#   fleet.sh await_result TASK [SECONDS]  the TaskResult; exit code 124 if the task is not over by then
#   fleet.sh copy_artifacts TASK DIR      copies what it left behind below a directory; the paths written
#   fleet.sh cancel TASK                  asks for its end; harmless when it is over
#   fleet.sh health                       how the service is
#   fleet.sh upload_workspace PATH        a directory, tar, tar.gz or zip; the id for a mount's source
#
# FLEET_URL (else http://127.0.0.1:8080) and FLEET_TOKEN name the service. After `source fleet.sh` the same are
# functions: fleet_run_task and so on. What is refused is one line on standard error, and exit code 1.

fleet_run_task() {
  local spec key
  spec=$(if [[ $1 == - ]]; then cat; else cat -- "$1"; fi) || return 1
  # The key lets a call that broke off be repeated: the task runs once.
  key=${2:-shell-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')}
  _fleet_call POST /api/v1/tasks "$spec" -H 'Content-Type: application/json' -H "Idempotency-Key: $key" | jq -r .id
  return "${PIPESTATUS[0]}"
}

fleet_stream_logs() (
  path=$(_fleet_task "$1") after=${2:-0} lost=0 ended='' wire='' curl=''
  trap '[[ -z $curl ]] || kill "$curl" 2>/dev/null || :' EXIT
  while [[ -z $ended ]]; do
    # Says why, where there is no such task or no service.
    _fleet_call GET "$path" '' >/dev/null || return 1
    exec {wire}< <(_fleet_curl exec -N -H 'Accept: text/event-stream' -H "Last-Event-ID: $after" \
      --keepalive-time 20 "$(_fleet_url)$path/logs" 2>/dev/null)
    curl=$!
    while IFS= read -r line; do
      lost=0
      [[ $line != end ]] || { ended=yes && break; }
      after=${line%%:*} line=${line#*:}
      # A line of more than 64 KiB comes in parts; only its last one ends it.
      if [[ ${line%%:*} == true ]]; then printf '%s\n' "${line#*:}"; else printf '%s' "${line#*:}"; fi
    done < <(jq -Rnr --unbuffered "$_fleet_events" <&"$wire")
    exec {wire}<&- && curl=''
    [[ -n $ended ]] && break
    ((++lost <= 5)) || { _fleet_say "the log's connection is lost; go on behind line $after" && return 1; }
    sleep "0.$lost"
  done
)

fleet_await_result() {
  local path end left answer
  path=$(_fleet_task "$1") && [[ -z ${2-} ]] || end=$((SECONDS + $2))
  while :; do
    left=$((${end-SECONDS + 30} - SECONDS))
    answer=$(_fleet_call GET "$path/result?wait=$((left < 0 ? 0 : left > 30 ? 30 : left))" '') || return 1
    if jq -e 'has("captured")' <<<"$answer" >/dev/null; then
      printf '%s\n' "$answer"
      return
    elif [[ -n ${end-} ]] && ((SECONDS >= end)); then
      _fleet_say "task $1 is $(jq -r .phase <<<"$answer") after $2 s"
      return 124
    fi
  done
}

fleet_copy_artifacts() (
  listed=$(_fleet_call GET "$(_fleet_task "$1")/artifacts" '') && mkdir -p -- "$2" || return 1
  # Never half a file under its name.
  part=$(mktemp -- "$2/.fleet-XXXXXX") || return 1
  trap 'rm -f -- "$part"' EXIT
  while IFS= read -r artifact; do
    path=$(jq -r .path <<<"$artifact")
    _fleet_is_within "$2" "$path" || return 1
    # The answer's own name in the address: right for every path.
    _fleet_save "$(jq -r .href <<<"$artifact")" "$part" || return 1
    if [[ $(sha256sum <"$part") != "$(jq -r .sha256 <<<"$artifact")  -" ]]; then
      _fleet_say "artifact $path came damaged; copy it again"
      return 1
    fi
    mkdir -p -- "$(dirname -- "$2/$path")" && chmod 644 -- "$part" && mv -fT -- "$part" "$2/$path" || return 1
    printf '%s\n' "$2/$path"
  done < <(jq -c '.artifacts[]' <<<"$listed")
)

fleet_cancel() {
  _fleet_call POST "$(_fleet_task "$1")/cancel" ''
}

fleet_health() {
  _fleet_call GET /api/v1/health ''
}

fleet_upload_workspace() (
  archive=$1
  if [[ -d $1 ]]; then
    archive=$(mktemp) || return 1
    trap 'rm -f -- "$archive"' EXIT
    tar -C "$1" -cf "$archive" . || return 1
  fi
  [[ -r $archive ]] || { _fleet_say "$archive cannot be read" && return 1; }
  answer=$(_fleet_curl '' -X POST -H 'Content-Type: application/octet-stream' -T "$archive" -w '\n%{http_code}' \
    "$(_fleet_url)/api/v1/workspaces" 2>&1) || { _fleet_no_answer "$answer" && return 1; }
  _fleet_accept "$answer" | jq -r .id
  return "${PIPESTATUS[0]}"
)

# METHOD PATH BODY [OPTION…]: prints the answer. Only for calls that may be repeated, as broken ones are.
_fleet_call() {
  local method=$1 path=$2 body=$3 answer attempt
  local -a sent=()
  [[ $method == GET ]] || sent=(--data-binary @-)
  shift 3
  for attempt in 1 2 3; do
    if answer=$(_fleet_curl '' -X "$method" -w '\n%{http_code}' "${sent[@]}" "$@" "$(_fleet_url)$path" 2>&1 <<<"$body"); then
      _fleet_accept "$answer"
      return
    fi
    [[ $attempt == 3 ]] || sleep "0.$((attempt * 2))"
  done
  _fleet_no_answer "$answer"
  return 1
}

# HREF FILE
_fleet_save() {
  local answer
  answer=$(_fleet_curl '' -w '\n%{http_code}' -o "$2" "$(_fleet_url)$1" 2>&1) || { _fleet_no_answer "$answer" && return 1; }
  # What was refused lies in the file.
  [[ $answer == *200 ]] || _fleet_accept "$(head -c 65536 -- "$2")$answer"
}

# exec or nothing, then options. The token is no argument, where others on the machine could read it.
_fleet_curl() {
  local first=$1
  shift
  $first curl -sS --connect-timeout 10 -H @<(printf 'Authorization: Bearer %s\n' "${FLEET_TOKEN-}") "$@"
}

# Prints an answer's body if its last line is a good status; else says the problem.
_fleet_accept() {
  local status=${1##*$'\n'} body=${1%$'\n'*} line
  if [[ $status == 2* ]]; then
    printf '%s\n' "$body"
    return
  fi
  line=$(jq -re '"\(.code): " + (.detail // .title)
    + ([.faults[]? | "; \(.pointer): \(.message) (\(.remedy))"] | join("")) + (.remedy // empty | " – \(.)")
    | gsub("[[:cntrl:]]+"; " ")' <<<"$body" 2>/dev/null) || line="the service answered $status"
  _fleet_say "$line"
  return 1
}

_fleet_no_answer() {
  local words=${1%$'\n'000}
  _fleet_say "no answer from $(_fleet_url): ${words//$'\n'/ } – start the service, or set FLEET_URL to its address"
}

_fleet_say() {
  printf 'fleet: %s\n' "$1" >&2
}

_fleet_url() {
  local url=${FLEET_URL:-http://127.0.0.1:8080}
  printf '%s' "${url%/}"
}

_fleet_task() {
  jq -rn --arg id "$1" '"/api/v1/tasks/\($id | @uri)"'
}

# DIRECTORY PATH: no way up, and none through a link that lies there.
_fleet_is_within() {
  local step=$1 name
  local -a names
  IFS=/ read -r -d '' -a names < <(printf '%s\0' "$2")
  for name in "${names[@]}"; do
    step+=/$name
    if [[ $name == .. || -L $step ]]; then
      _fleet_say "artifact $2 would be written outside $1"
      return 1
    fi
  done
}

# Server-sent events become NUMBER:EOL:TEXT; the last line is end. Bytes that are no UTF-8 become U+FFFD. An event is
# complete with its empty line: what a lost connection leaves of one is passed over.
# shellcheck disable=SC2016 # the variables are jq's
_fleet_events='foreach inputs as $line ({};
  if $line == "" then {out: (.end // .data)}
  elif $line | test("^event: ?end$") then .end = "end"
  elif $line | startswith("data:") then .data = $line[5:]
  else . end | if $line != "" then .out = null else . end;
  .out // empty | if . == "end" then . else fromjson
    | "\(.seq):\(.eol or has("gap")):" + (if has("gap") then "[\(.gap.bytes) bytes are missing here: \(.gap.reason)]"
      elif has("b64") then .b64 | @base64d else .text end) end)'

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  case ${1-} in
    run_task | stream_logs | await_result | cancel | upload_workspace) needed=2 ;;
    copy_artifacts) needed=3 ;;
    health) needed=1 ;;
    *) needed=0 ;;
  esac
  if ((needed == 0 || $# < needed)); then
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
  fi
  "fleet_$1" "${@:2}"
fi
