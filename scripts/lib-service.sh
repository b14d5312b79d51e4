# shellcheck shell=bash
# Building the service, finding or starting an engine for it, running it and asking it. Sourced after lib.sh,
# lib-process.sh and lib-engine.sh by the scripts that run the service.

JAR="$REPO/target/quarkus-app/quarkus-run.jar"
DEFAULT_IMAGE="${FLEET_DEFAULT_IMAGE:-localhost/fleet-runner-base:latest}"
ENGINE_SOCKET=""
ENGINE_STARTED=""
SERVICE_DATA=""
SERVICE_URL=""

# build_service: nothing when the jar is newer than every source.
build_service() {
  local stamp="$REPO/target/built.stamp"
  if [ -f "$JAR" ] && [ -f "$stamp" ] &&
    [ -z "$(find "$REPO/src/main" "$REPO/pom.xml" -newer "$stamp" -print -quit)" ]; then
    log "the service is built already"
    return
  fi
  need_build_tools
  log "building the service"
  mkdir -p "$REPO/target"
  # The stamp is as old as the build's beginning: what is edited meanwhile counts as newer.
  touch "$stamp.new"
  (cd "$REPO" && with_progress "building" ./mvnw -B package -Dmaven.test.skip=true -Dspotless.check.skip=true) ||
    die "the build failed" "./mvnw package tells more."
  mv "$stamp.new" "$stamp"
}

# need_engine: an engine that answers, or a private podman whose images lie beside the service's files.
need_engine() {
  need_command curl curl ca-certificates
  if ENGINE_SOCKET="$(detect_engine)"; then
    log "using $(engine_kind "$ENGINE_SOCKET") on $ENGINE_SOCKET"
    return
  fi
  log "no container engine answers; starting a private podman"
  export ENGINES_DIR="$SERVICE_DATA-engine"
  ENGINE_STARTED=yes
  "$REPO/scripts/engines" up podman
  ENGINE_SOCKET="$("$REPO/scripts/engines" env | sed -n 's/^FLEET_TEST_PODMAN_SOCKET=//p')"
  [ -n "$ENGINE_SOCKET" ] || die "the private podman does not answer"
}

stop_engine() {
  [ -z "$ENGINE_STARTED" ] || "$REPO/scripts/engines" down
}

# service_environment: what the service needs to know, for `env`; one NAME=VALUE per line.
service_environment() {
  printf '%s\n' "FLEET_DATA_DIR=$SERVICE_DATA" "FLEET_DEFAULT_IMAGE=$DEFAULT_IMAGE" \
    "QUARKUS_HTTP_PORT=${SERVICE_URL##*:}" "FLEET_RUNTIME=$(engine_kind "$ENGINE_SOCKET")" \
    "DOCKER_HOST=unix://$ENGINE_SOCKET" "CONTAINER_HOST=unix://$ENGINE_SOCKET"
}

# place_service DATA_DIR: where it keeps its files, and its address: port 8080, or the next free one. One directory is
# one service with one engine of its own, so nobody else's may be using it.
place_service() {
  local pid
  mkdir -p "$1"
  # The lock ends with this script, however it ends; start_recorded keeps it from those that may live longer.
  exec 9>"$1/lock"
  if have flock && ! flock -n 9; then
    die "another service is using $1" "Stop it where it was started, with Ctrl-C, or set FLEET_DATA_DIR to another directory."
  fi
  if pid="$(recorded_pid "$1/service.pid")"; then
    die "a service that was left behind is using $1" "Stop it: kill $pid"
  fi
  SERVICE_DATA="$1"
  SERVICE_URL="http://127.0.0.1:$(free_port "${QUARKUS_HTTP_PORT:-8080}")"
}

java_command() {
  echo "${JAVA_HOME:+$JAVA_HOME/bin/}java"
}

# start_service: in the background, until it says that it is ready.
start_service() {
  local environment
  mapfile -t environment < <(service_environment)
  log "starting the service"
  : >"$SERVICE_DATA/service.log"
  start_recorded "$SERVICE_DATA/service.pid" "$SERVICE_DATA/service.log" \
    env "${environment[@]}" "$(java_command)" "@$REPO/java.options" -jar "$JAR"
  wait_for 60 "the service" ready_or_gone || true
  curl -sf -o /dev/null --max-time 5 "$SERVICE_URL/q/health/ready" ||
    die "the service did not get ready; the end of $SERVICE_DATA/service.log:" \
      "$(tail -n 20 "$SERVICE_DATA/service.log")"
  log "the service is ready at $SERVICE_URL"
}

ready_or_gone() {
  recorded_gone "$SERVICE_DATA/service.pid" || curl -sf -o /dev/null --max-time 5 "$SERVICE_URL/q/health/ready"
}

stop_service() {
  if [ -n "$SERVICE_DATA" ] && recorded_pid "$SERVICE_DATA/service.pid" >/dev/null; then
    log "stopping the service"
    stop_recorded "$SERVICE_DATA/service.pid" 30 "the service"
  fi
}

# ask METHOD PATH [CURL OPTION...]: the answer's body; false on an HTTP error, whose body is shown. The token goes
# through a pipe: an argument could be read by every user of the machine.
ask() {
  local method="$1" path="$2"
  shift 2
  curl -sS --fail-with-body -X "$method" "$@" "$SERVICE_URL$path" \
    -H @<(printf 'Authorization: Bearer %s\n' "$(cat "$SERVICE_DATA/admin-token")")
}

# pretty: JSON for people, as well as this machine can.
pretty() {
  if have jq; then
    jq .
  elif have python3; then
    python3 -m json.tool --no-ensure-ascii
  else
    cat
  fi
}
