# shellcheck shell=bash
# Talking to a container engine over its unix socket, and finding one. Sourced after lib.sh.

# engine_api SOCKET METHOD PATH [CURL OPTION...]: the answer's body; false on an HTTP error.
engine_api() {
  local socket="$1" method="$2" path="$3"
  shift 3
  curl -sS --fail --unix-socket "$socket" -X "$method" "$@" "http://engine$path"
}

# engine_answers SOCKET
engine_answers() {
  [ -S "$1" ] && engine_api "$1" GET /_ping --max-time 5 >/dev/null 2>&1
}

# has_image SOCKET IMAGE
has_image() {
  engine_api "$1" GET "/images/$2/json" --max-time 20 -o /dev/null 2>/dev/null
}

# engine_kind SOCKET: podman or docker.
engine_kind() {
  if curl -sS -o /dev/null -D - --max-time 5 --unix-socket "$1" http://engine/_ping | grep -qi '^libpod-api-version:'; then
    echo podman
  else
    echo docker
  fi
}

# engine_ids SOCKET PATH: the container ids in a list, one per line.
engine_ids() {
  engine_api "$1" GET "$2" --max-time 20 | { grep -o '"Id":"[0-9a-f]\{64\}"' || true; } | cut -d '"' -f 4
}

# detect_engine: the socket of the first engine that answers, in the service's own order; false when none does.
detect_engine() {
  local candidate socket
  for candidate in "${DOCKER_HOST:-}" "${CONTAINER_HOST:-}" \
    "${XDG_RUNTIME_DIR:+unix://$XDG_RUNTIME_DIR/podman/podman.sock}" \
    unix:///run/podman/podman.sock unix:///var/run/docker.sock; do
    case "$candidate" in
      '') continue ;;
      unix://*) socket="${candidate#unix://}" ;;
      *) die "these scripts speak to unix sockets only, and the environment names $candidate" \
        "Unset DOCKER_HOST and CONTAINER_HOST, or start the service by hand (docs/operations.md)." ;;
    esac
    if engine_answers "$socket"; then
      echo "$socket"
      return
    fi
  done
  return 1
}
