# shellcheck shell=bash
# What every script here shares: log lines that tell the time passed, refusals that say what to do, and waiting that
# can be watched. Sourced, never run. Everything said goes to standard error, so that standard output stays data.

# shellcheck disable=SC2034 # the scripts that source this use it
REPO="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# The clock runs on through scripts that call one another.
export SCRIPTS_BEGAN="${SCRIPTS_BEGAN:-$(date +%s)}"
# Where daemons and debootstrap live, and where a plain user's PATH does not lead.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# log TEXT...: one line with the seconds since the first script began.
log() {
  printf '[%4ds] %s\n' "$(($(date +%s) - SCRIPTS_BEGAN))" "$*" >&2
}

# die LINE...: says why, and ends the script.
die() {
  log "error: $1"
  shift
  [ $# -eq 0 ] || printf '        %s\n' "$@" >&2
  exit 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

is_root() {
  [ "$(id -u)" -eq 0 ]
}

# need_command COMMAND PACKAGE...: installs the packages when the command is not here.
need_command() {
  local wanted="$1"
  shift
  have "$wanted" || apt_install "$@"
  have "$wanted" || die "$wanted is not here, though installed: $*"
}

# apt_install PACKAGE...: by apt where that may be done, else a refusal that names the command to run.
apt_install() {
  local command_line="apt-get install --no-install-recommends $*"
  have apt-get || die "this needs the packages: $*" \
    "Automatic installation works on Debian and Ubuntu only; install what corresponds to them by hand."
  is_root || die "this needs packages that only root can install. Run:" "sudo $command_line"
  apt_refresh
  log "installing: $*"
  with_progress "installing" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "$@" || die "could not install: $*" "$command_line"
}

# apt_refresh: fetches the package lists once a day at most.
apt_refresh() {
  local stamp=/var/lib/apt/lists/fleet-runner.stamp
  [ -z "$(find "$stamp" -mtime -1 2>/dev/null)" ] || return 0
  log "fetching the package lists"
  with_progress "fetching lists" apt-get update -q || log "some package lists could not be fetched; going on"
  touch "$stamp"
}

# apt_known PACKAGE...: those of them that this release has, one per line.
apt_known() {
  local package
  for package in "$@"; do
    if apt-cache show --no-all-versions "$package" >/dev/null 2>&1; then
      echo "$package"
    fi
  done
}

# with_progress WHAT COMMAND...: runs it quietly, tells every five seconds that it goes on, and shows the end of its
# output if it fails. The command stays in the foreground, so that Ctrl-C reaches it.
with_progress() {
  local what="$1" output ticker code=0
  shift
  output="$(mktemp)"
  # The ticker ends when this shell closes the pipe or dies: a signal might be ignored where scripts are tidying up.
  exec 7> >(tick "$what" "$output")
  ticker=$!
  "$@" >"$output" 2>&1 </dev/null 7>&- || code=$?
  exec 7>&-
  wait "$ticker" || true
  if [ "$code" -ne 0 ]; then
    log "$what failed with exit code $code; the end of its output:"
    tail -n 30 "$output" >&2
  fi
  rm -f "$output"
  return "$code"
}

# tick WHAT FILE: the last line of the file every five seconds, until standard input ends.
tick() {
  local code
  while :; do
    code=0
    read -r -t 5 || code=$?
    [ "$code" -gt 128 ] || return 0
    log "  $1: $(tail -n 1 "$2" | tr -d '\r' | cut -c 1-100)"
  done
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds; false when the time is over.
wait_for() {
  local limit="$1" what="$2" start now told=0
  shift 2
  start="$(date +%s)"
  until "$@" >/dev/null 2>&1; do
    now="$(($(date +%s) - start))"
    [ "$now" -lt "$limit" ] || return 1
    if [ "$now" -ge "$((told + 2))" ]; then
      told="$now"
      log "  waiting for $what ($now of at most $limit s)"
    fi
    sleep 0.2
  done
}

# free_port FIRST: the first port of the loopback interface, from FIRST on, that nobody listens on.
free_port() {
  local port="$1"
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    port=$((port + 1))
  done
  echo "$port"
}

# need_build_tools: a JDK from 17 on, a C compiler for fleet-init, and curl.
need_build_tools() {
  need_command curl curl ca-certificates
  if ! has_static_c; then
    apt_install gcc libc6-dev
  fi
  if ! has_jdk; then
    local jdk
    jdk="$(apt_known openjdk-17-jdk-headless openjdk-21-jdk-headless openjdk-25-jdk-headless | head -n 1)"
    apt_install "${jdk:-openjdk-17-jdk-headless}"
  fi
  has_jdk || die "no JDK from 17 on is here" "Set JAVA_HOME to one, or put its bin directory into PATH."
}

has_jdk() {
  local javac=javac version
  [ -z "${JAVA_HOME:-}" ] || javac="$JAVA_HOME/bin/javac"
  version="$("$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')"
  [ -n "$version" ] && [ "$version" -ge 17 ]
}

has_static_c() {
  local program
  program="$(mktemp)"
  echo 'int main(void) { return 0; }' | "${CC:-cc}" -static -x c -o "$program" - >/dev/null 2>&1
  local code=$?
  rm -f "$program"
  return "$code"
}

# find_java_25: the home of a JDK 25, or nothing.
find_java_25() {
  local home
  for home in "${JAVA_HOME_25:-}" /usr/lib/jvm/*25*; do
    if [ -n "$home" ] && "$home/bin/java" -version 2>&1 | grep -q 'version "25'; then
      echo "$home"
      return
    fi
  done
}
