# shellcheck shell=bash
# Running one task through a service as an agent would. Sourced after lib-service.sh and lib-image.sh.

TASK_RESULT=""

# Log records as they come, one per line; the stream's name in front tells stdout from stderr.
show_records() {
  if have jq; then
    jq --unbuffered -r 'select(.stream) | "    \(.stream) | \(.text // "(binary)")"'
  elif have python3; then
    python3 -uc '
import json, sys
for line in sys.stdin:
    record = json.loads(line)
    if "stream" in record:
        print("   ", record["stream"], "|", record.get("text", "(binary)"))'
  else
    sed -u 's/^/    /'
  fi
}

# upload_workspace DIR: the id. The modes do not depend on this machine's umask, so that the same files get the same id.
upload_workspace() {
  local answer
  answer="$(tar -C "$1" --mode='u=rwX,go=rX' -cf - . |
    ask POST /api/v1/workspaces -H 'Content-Type: application/x-tar' -T - --max-time 300)" ||
    die "the service refused the workspace $1:" "$answer"
  sed -n 's/.*"id" *: *"\(ws-[0-9a-f]*\)".*/\1/p' <<<"$answer" | head -n 1
}

# run_spec FILE: submits it, follows its log to the end, and shows the TaskResult, which is in TASK_RESULT then.
run_spec() {
  local answer id spec
  spec="$(cat "$1")"
  answer="$(ask POST /api/v1/tasks -D - -o - -H 'Content-Type: application/json' --data-binary @- <<<"$spec")" ||
    die "the service refused the task:" "$answer"
  id="$(printf '%s' "$answer" | tr -d '\r' | sed -n 's#^[Ll]ocation: .*/##p')"
  [ -n "$id" ] || die "the service named no task:" "$answer"
  log "task $id; its log, live:"
  ask GET "/api/v1/tasks/$id/logs" -N --max-time 3600 -H 'Accept: text/event-stream' |
    sed -un 's/^data: *//p' | show_records || log "the log stream broke off"
  log "its TaskResult:"
  TASK_RESULT="$(ask GET "/api/v1/tasks/$id/result?wait=30")" || die "the service has no result:" "$TASK_RESULT"
  pretty <<<"$TASK_RESULT"
}

# task_status: of the last task.
task_status() {
  grep -o '"status" *: *"[a-z]*"' <<<"$TASK_RESULT" | head -n 1 | cut -d '"' -f 4
}

# task_exit_code: of the last task; 1 if it has none and did not pass.
task_exit_code() {
  local code
  code="$(grep -o '"exitCode" *: *[0-9]*' <<<"$TASK_RESULT" | head -n 1 | grep -o '[0-9]*$')" || code=""
  if [ "$(task_status)" = passed ]; then echo 0; else echo "${code:-1}"; fi
}

# need_image SOCKET IMAGE: builds it if it is one of ours and not there.
need_image() {
  local target
  if has_image "$1" "$2"; then return; fi
  case "$2" in
    localhost/fleet-runner-task:latest) target=task ;;
    localhost/fleet-runner-task-minimal:latest) target=task-minimal ;;
    *) return ;;
  esac
  ENGINE_SOCKETS="$1" "$REPO/scripts/image" "$target"
}
