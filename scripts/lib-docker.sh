# shellcheck shell=bash
# The private docker of scripts/engines. Sourced there; uses its STATE, RUN, NAME and DOCKER_SOCKET.

DOCKER_PID="$RUN/docker.pid"
DOCKER_BRIDGE="frd$NAME"

# docker0 may be somebody else's, so the default network gets a bridge of its own where one can be made.
make_docker_bridge() {
  local subnet
  remove_docker_bridge
  subnet="$(free_subnet 10.214)"
  ip link add name "$DOCKER_BRIDGE" type bridge 2>/dev/null &&
    ip address add "$subnet.1/24" dev "$DOCKER_BRIDGE" &&
    ip link set dev "$DOCKER_BRIDGE" up
}

remove_docker_bridge() {
  ip link delete dev "$DOCKER_BRIDGE" 2>/dev/null || true
}

docker_up() {
  local bridge="$DOCKER_BRIDGE"
  if engine_answers "$DOCKER_SOCKET"; then
    log "private docker runs: $DOCKER_SOCKET"
    return
  fi
  is_root || die "a docker daemon of our own needs root" \
    "Run as root, or use podman alone: scripts/engines up podman"
  "$REPO/scripts/install-engines" docker
  docker_down
  if ! make_docker_bridge; then
    log "no network bridge can be made here: docker has no default network"
    bridge=none
  fi
  echo '{}' >"$RUN/daemon.json"
  : >"$STATE/docker.log"
  # The firewall stays untouched: a second daemon with iptables on would rewrite the chains of the first. Containers
  # reach the machine over their bridge and nothing beyond it. The namespace keeps us apart where the machine's
  # containerd is shared.
  start_recorded "$DOCKER_PID" "$STATE/docker.log" dockerd \
    --config-file "$RUN/daemon.json" -H "unix://$DOCKER_SOCKET" --group "$(id -gn)" \
    --data-root "$STATE/docker" --exec-root "$RUN/docker" -p "$RUN/dockerd.pid" \
    --containerd-namespace "fleetrunner-$NAME" --containerd-plugins-namespace "fleetrunner-$NAME-plugins" \
    --bridge="$bridge" --default-address-pool base=10.215.0.0/16,size=26 \
    --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false --userland-proxy=false
  wait_for 60 "docker" engine_answers "$DOCKER_SOCKET" ||
    die "docker does not answer; the end of $STATE/docker.log:" "$(tail -n 10 "$STATE/docker.log")"
  log "private docker started: $DOCKER_SOCKET (its containers cannot leave this machine: no NAT)"
}

docker_down() {
  local containerd="$RUN/docker/containerd/containerd.pid" pid
  if engine_answers "$DOCKER_SOCKET"; then
    remove_containers "$DOCKER_SOCKET"
    log "stopping the private docker"
  fi
  stop_recorded "$DOCKER_PID" 30 docker
  # A daemon that was killed leaves its containerd behind; only one that runs from our directory is ours.
  if [ -f "$containerd" ] && pid="$(cat "$containerd")" &&
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$RUN/docker/"; then
    kill -TERM "$pid" 2>/dev/null || true
  fi
  unmount_below "$STATE/docker"
  unmount_below "$RUN/docker"
  remove_docker_bridge
  rm -rf --one-file-system "$DOCKER_SOCKET" "$RUN/docker" "$RUN/dockerd.pid"
}
