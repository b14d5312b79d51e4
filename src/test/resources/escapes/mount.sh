# Mounts the kernel's file systems, memory and a bind afresh.
for attempt in "-t proc proc" "-t sysfs sys" "-t tmpfs none" "-t cgroup -o memory none" "--bind /etc" "-o remount,rw"; do
  mkdir -p /tmp/m
  # shellcheck disable=SC2086
  if mount $attempt /tmp/m 2>/dev/null; then echo "ESCAPED: mount $attempt"; fi
done
mount -o remount,rw / 2>/dev/null && echo "ESCAPED: the root is writable"
