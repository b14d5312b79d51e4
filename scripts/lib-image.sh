# shellcheck shell=bash
# The names of our images, and the command of an engine. Sourced after lib.sh and lib-engine.sh.

TAG="${TAG:-latest}"

# image_name TARGET: what a target of the Containerfile is called on this machine.
image_name() {
  case "$1" in
    task) echo "localhost/fleet-runner-task:$TAG" ;;
    task-minimal) echo "localhost/fleet-runner-task-minimal:$TAG" ;;
    service) echo "localhost/fleet-runner:$TAG" ;;
    *) die "no image is called $1" "There are: task, task-minimal, service." ;;
  esac
}

# image_sockets: the engines to work on, one per line.
image_sockets() {
  if [ -n "${ENGINE_SOCKETS:-}" ]; then
    xargs -n 1 <<<"$ENGINE_SOCKETS"
  else
    detect_engine || die "no container engine answers" \
      "Start podman or docker, or name the sockets of engines that run: ENGINE_SOCKETS=/run/podman/podman.sock"
  fi
}

# engine_client SOCKET ARGS...: podman's or docker's own command, speaking to that socket.
engine_client() {
  local socket="$1"
  shift
  case "$(engine_kind "$socket")" in
    podman)
      have podman || die "the podman command is not here" "Install podman, or build with docker."
      podman --remote --url "unix://$socket" "$@"
      ;;
    docker)
      have docker || die "the docker command is not here" "Install docker's command, or build with podman."
      docker --host "unix://$socket" "$@"
      ;;
  esac
}

# present_targets SOCKET: those whose images are there, one per line.
present_targets() {
  local target
  for target in task task-minimal service; do
    if has_image "$1" "$(image_name "$target")"; then echo "$target"; fi
  done
}

# image_size SOCKET NAME: as the engine tells it, layers that others share included.
image_size() {
  local bytes
  bytes="$(engine_api "$1" GET "/images/$2/json" --max-time 20 | grep -o '"Size":[0-9]*' | head -n 1 | cut -d : -f 2)"
  echo "$((bytes / 1000000)) MB"
}

project_version() {
  sed -n '0,/<version>/s#.*<version>\(.*\)</version>.*#\1#p' "$REPO/pom.xml"
}

revision() {
  git -C "$REPO" rev-parse --short=12 HEAD 2>/dev/null || echo unknown
}
