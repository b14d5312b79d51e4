# Leaves its control groups, or changes their limits, or has the kernel start a program when one is empty.
find /sys/fs/cgroup -name cgroup.procs -o -name tasks 2>/dev/null | while read -r file; do
  { echo $$ >"$file"; } 2>/dev/null && echo "ESCAPED: $file"
done
for file in $(find /sys/fs/cgroup -name 'memory.limit_in_bytes' -o -name memory.max -o -name pids.max -o -name release_agent \
  -o -name notify_on_release -o -name cgroup.subtree_control 2>/dev/null); do
  { echo 1 >"$file"; } 2>/dev/null && echo "ESCAPED: $file"
done
mkdir /sys/fs/cgroup/memory/mine 2>/dev/null && echo "ESCAPED: a group of its own"
mkdir /sys/fs/cgroup/mine 2>/dev/null && echo "ESCAPED: a group of its own"
