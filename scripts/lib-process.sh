# shellcheck shell=bash
# Processes that outlive the script that started them. A pid file holds the pid and the time of the process's start,
# so that a number which the system has given to somebody else since is never signalled. Sourced after lib.sh.

# process_start_time PID: something that two processes with the same pid do not share; empty when there is none.
process_start_time() {
  if [ -r "/proc/$1/stat" ]; then
    # The name in brackets may hold spaces; the start is the 20th field after it.
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
  else
    ps -o lstart= -p "$1" 2>/dev/null || true
  fi
}

# start_recorded PID_FILE LOG_FILE COMMAND...: starts it in a session of its own, out of reach of Ctrl-C and
# without the lock that its starter holds on descriptor 9.
start_recorded() {
  local pid_file="$1" log_file="$2" pid
  shift 2
  if have setsid; then
    set -- setsid "$@"
  fi
  "$@" >>"$log_file" 2>&1 </dev/null 9>&- &
  pid=$!
  printf '%s %s\n' "$pid" "$(process_start_time "$pid")" >"$pid_file"
}

# recorded_pid PID_FILE: the pid, if that very process still runs; false otherwise.
recorded_pid() {
  local pid started
  [ -f "$1" ] || return 1
  read -r pid started <"$1" || return 1
  [ -n "$started" ] && [ "$(process_start_time "$pid")" = "$started" ] || return 1
  # A process that has ended and waits for its parent to notice is no longer one of ours.
  ! grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null || return 1
  echo "$pid"
}

recorded_gone() {
  ! recorded_pid "$1" >/dev/null
}

# stop_recorded PID_FILE SECONDS WHAT: TERM, and KILL when the time is over. Safe when nothing runs.
stop_recorded() {
  local pid
  if pid="$(recorded_pid "$1")"; then
    kill -TERM "$pid" 2>/dev/null || true
    if ! wait_for "$2" "the end of $3" recorded_gone "$1"; then
      log "$3 did not end in $2 s; killing it"
      kill -KILL "$pid" 2>/dev/null || true
      wait_for 5 "the end of $3" recorded_gone "$1" || log "$3 (pid $pid) cannot be killed"
    fi
  fi
  rm -f "$1"
}
