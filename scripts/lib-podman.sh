# shellcheck shell=bash
# The private podman of scripts/engines. Sourced there; uses its STATE, RUN, NAME,
# PODMAN_SOCKET and PODMAN_GVISOR_SOCKET.

PODMAN_PID="$RUN/podman.pid"
PODMAN_GVISOR_PID="$RUN/podman-gvisor.pid"
# Its own network stack does not start everywhere, and tasks without a network need none. Their way out is a socket of
# the machine (host-uds).
GVISOR=(--runtime "$(type -P runsc || echo runsc)" --runtime-flag=network=none --runtime-flag=host-uds=open)

# podman_words DIR RUN_DIR: the command that is podman on storage of our own, one word per line.
podman_words() {
  printf '%s\n' env "CONTAINERS_CONF=$RUN/containers.conf" \
    "CONTAINERS_REGISTRIES_CONF=$RUN/registries.conf" podman --root "$1/podman" --runroot "$2/podman" \
    --tmpdir "$2/podman-tmp" --storage-driver "$(cat "$RUN/podman-driver")"
}

# private_podman ARGS...: podman on the storage of the private engine.
private_podman() {
  local words
  mapfile -t words < <(podman_words "$STATE" "$RUN")
  "${words[@]}" "$@"
}

# write_podman_conf RUNTIME CGROUP_MANAGER. Locks in files, because those in shared memory belong to every podman
# of the machine, and a podman that starts afresh resets them all.
write_podman_conf() {
  mkdir -p "$RUN/networks"
  cat >"$RUN/containers.conf" <<CONF
[containers]
log_driver = "k8s-file"
[engine]
runtime = "$1"
cgroup_manager = "$2"
events_logger = "file"
lock_type = "file"
[network]
network_config_dir = "$RUN/networks"
default_subnet_pools = [{ base = "10.217.0.0/16", size = 26 }]
CONF
  # The tests' own registry on loopback has no certificate.
  cat >"$RUN/registries.conf" <<CONF
unqualified-search-registries = ["docker.io"]
[[registry]]
location = "127.0.0.1:15987"
insecure = true
CONF
}

# The default network on a bridge of its own: podman0 may be somebody else's.
write_podman_network() {
  local subnet
  is_root && have ip || return 0
  subnet="$(free_subnet 10.216)"
  cat >"$RUN/networks/podman.json" <<JSON
{"name": "podman", "id": "2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9", "driver": "bridge",
 "network_interface": "frp$NAME", "created": "2026-01-01T00:00:00Z",
 "subnets": [{"subnet": "$subnet.0/24", "gateway": "$subnet.1"}],
 "ipv6_enabled": false, "internal": false, "dns_enabled": false, "ipam_options": {"driver": "host-local"}}
JSON
}

# make_trial_rootfs DIR: just enough of a file system to run `true`.
make_trial_rootfs() {
  local program library
  program="$(type -P true)"
  mkdir -p "$1/bin"
  cp -L "$program" "$1/bin/true"
  { ldd "$program" 2>/dev/null || true; } | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$1$(dirname "$library")"
    cp -L "$library" "$1$library"
  done
}

# try_podman ROOTFS [OPTION...]: whether a container runs with the configuration that is written now.
try_podman() {
  local rootfs="$1" words
  shift
  # The trial's storage lies where the real one will: another file system would answer another question.
  mapfile -t words < <(podman_words "$STATE/trial" "$RUN/trial")
  timeout 30 "${words[@]}" "$@" run --rm --network none --log-driver none --ulimit nofile=256:256 \
    --ulimit nproc=256:256 --rootfs "$rootfs" /bin/true </dev/null
}

# choose_podman: finds what works here by running a container, crun first. crun refuses machines with hybrid cgroups,
# systemd may not be there to manage cgroups, and overlay does not stand on overlay.
choose_podman() {
  local driver manager runtime managers=(cgroupfs) why
  [ ! -d /run/systemd/system ] || managers=(systemd cgroupfs)
  remove_trial
  why="no OCI runtime is here (crun or runc)"
  for driver in overlay vfs; do
    for manager in "${managers[@]}"; do
      for runtime in crun runc; do
        have "$runtime" || continue
        echo "$driver" >"$RUN/podman-driver"
        write_podman_conf "$runtime" "$manager"
        make_trial_rootfs "$RUN/trial/rootfs"
        if why="$(try_podman "$RUN/trial/rootfs" 2>&1)"; then
          log "podman runs containers with $runtime, $manager cgroups and $driver storage"
          remove_trial
          return
        fi
        remove_trial
        log "podman with $runtime, $manager cgroups and $driver storage does not run here: ${why##*$'\n'}"
      done
    done
  done
  die "podman cannot run a container on this machine" "$why"
}

remove_trial() {
  unmount_below "$STATE/trial"
  unmount_below "$RUN/trial"
  rm -rf --one-file-system "$STATE/trial" "$RUN/trial"
}

# Podman writes paths into its database and refuses others: after a move the storage is of no use.
drop_moved_storage() {
  local now
  now="$STATE $RUN $(cat "$RUN/podman-driver")"
  if [ -d "$STATE/podman" ] && [ "$(cat "$STATE/podman-made-for" 2>/dev/null)" != "$now" ]; then
    log "the podman storage was made for another place; starting with an empty one"
    rm -rf --one-file-system "$STATE/podman"
  fi
  echo "$now" >"$STATE/podman-made-for"
}

podman_up() {
  if engine_answers "$PODMAN_SOCKET"; then
    log "private podman runs: $PODMAN_SOCKET"
    return
  fi
  "$REPO/scripts/install-engines" podman
  podman_down
  choose_podman
  write_podman_network
  drop_moved_storage
  start_podman
  log "private podman started: $PODMAN_SOCKET"
}

# podman_gvisor_up: a second service on the same storage whose containers run in gVisor, where runsc is here and works.
# Podman's API cannot choose the OCI runtime of one container, a service can.
podman_gvisor_up() {
  local words why
  if engine_answers "$PODMAN_GVISOR_SOCKET"; then
    return
  fi
  have runsc || return 0
  make_trial_rootfs "$RUN/trial/rootfs"
  if ! why="$(try_podman "$RUN/trial/rootfs" "${GVISOR[@]}" 2>&1)"; then
    remove_trial
    log "gVisor does not run here: ${why##*$'\n'}"
    return
  fi
  remove_trial
  : >"$STATE/podman-gvisor.log"
  mapfile -t words < <(podman_words "$STATE" "$RUN")
  start_recorded "$PODMAN_GVISOR_PID" "$STATE/podman-gvisor.log" \
    env -C "$STATE" "${words[@]}" "${GVISOR[@]}" system service -t 0 "unix://$PODMAN_GVISOR_SOCKET"
  wait_for 30 "podman with gVisor" engine_answers "$PODMAN_GVISOR_SOCKET" ||
    die "podman with gVisor does not answer; the end of $STATE/podman-gvisor.log:" \
      "$(tail -n 10 "$STATE/podman-gvisor.log")"
  log "private podman with gVisor started: $PODMAN_GVISOR_SOCKET"
}

start_podman() {
  local words
  : >"$STATE/podman.log"
  mapfile -t words < <(podman_words "$STATE" "$RUN")
  # Its conmon leaves a file `oom` in the directory it was started from when a container runs out of memory.
  start_recorded "$PODMAN_PID" "$STATE/podman.log" env -C "$STATE" "${words[@]}" system service -t 0 "unix://$PODMAN_SOCKET"
  wait_for 30 "podman" engine_answers "$PODMAN_SOCKET" ||
    die "podman does not answer; the end of $STATE/podman.log:" "$(tail -n 10 "$STATE/podman.log")"
}

podman_down() {
  # Podman needs no service to remove containers, so this works after a crash as well.
  if [ -d "$RUN/podman" ]; then
    log "stopping the private podman"
    with_progress "removing containers" timeout 120 "$REPO/scripts/engines" podman rm -a -f -t 0 -v ||
      log "some of its containers could not be removed"
  fi
  stop_recorded "$PODMAN_GVISOR_PID" 15 "podman with gVisor"
  stop_recorded "$PODMAN_PID" 15 podman
  unmount_below "$STATE/podman"
  unmount_below "$RUN/podman"
  rm -rf --one-file-system "$PODMAN_SOCKET" "$PODMAN_GVISOR_SOCKET" "$RUN/podman" "$RUN/podman-tmp" "$RUN/networks"
}
