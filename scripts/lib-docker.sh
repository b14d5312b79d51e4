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
  if engine_answers "$DOCKER_SOCKET"; then
    log "private docker runs: $DOCKER_SOCKET"
    return
  fi
  is_root || die "a docker daemon of our own needs root" \
    "Run as root, or use podman alone: scripts/engines up podman"
  "$REPO/scripts/install-engines" docker
  docker_down
  start_docker
  log "private docker started: $DOCKER_SOCKET (its containers cannot leave this machine: no NAT)"
}

start_docker() {
  local bridge="$DOCKER_BRIDGE"
  if ! make_docker_bridge; then
    log "no network bridge can be made here: docker has no default network"
    bridge=none
  fi
  # The containerd of a daemon that was killed died with it; while nobody has reaped it, docker would wait for it.
  rm -f "$RUN/dockerd.pid" "$RUN/docker/containerd/containerd.pid"
  if have runsc; then
    printf '{"runtimes": {"runsc": {"path": "%s", "runtimeArgs": ["--network=none", "--host-uds=open"]}}}\n' \
      "$(type -P runsc)" >"$RUN/daemon.json"
  else
    echo '{}' >"$RUN/daemon.json"
  fi
  : >"$STATE/docker.log"
  # Containers outlive a daemon that dies, so that a runner's takeover can be tried; down removes them before it stops it.
  # The firewall stays untouched: a second daemon with iptables on would rewrite the chains of the first. Containers
  # reach the machine over their bridge and nothing beyond it. The namespace keeps us apart where the machine's
  # containerd is shared.
  start_recorded "$DOCKER_PID" "$STATE/docker.log" dockerd \
    --config-file "$RUN/daemon.json" -H "unix://$DOCKER_SOCKET" --group "$(id -gn)" \
    --data-root "$STATE/docker" --exec-root "$RUN/docker" -p "$RUN/dockerd.pid" \
    --containerd-namespace "fleetrunner-$NAME" --containerd-plugins-namespace "fleetrunner-$NAME-plugins" \
    --live-restore --bridge="$bridge" --default-address-pool base=10.215.0.0/16,size=26 \
    --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false --userland-proxy=false
  wait_for 60 "docker" engine_answers "$DOCKER_SOCKET" ||
    die "docker does not answer; the end of $STATE/docker.log:" "$(tail -n 10 "$STATE/docker.log")"
}

docker_down() {
  if [ -d "$RUN/docker" ] && ! engine_answers "$DOCKER_SOCKET"; then
    # Containers outlive a daemon that was killed; only a daemon can end them.
    log "the private docker had died; starting it once more to tidy up"
    stop_recorded "$DOCKER_PID" 5 docker
    start_docker
  fi
  if engine_answers "$DOCKER_SOCKET"; then
    log "stopping the private docker"
    remove_containers "$DOCKER_SOCKET"
  fi
  stop_recorded "$DOCKER_PID" 30 docker
  unmount_below "$STATE/docker"
  unmount_below "$RUN/docker"
  remove_docker_bridge
  # Docker remembers its default network, and would give the next bridge this one's address, taken or not.
  rm -rf --one-file-system "$DOCKER_SOCKET" "$RUN/docker" "$RUN/dockerd.pid" "$STATE/docker/network/files"
}
