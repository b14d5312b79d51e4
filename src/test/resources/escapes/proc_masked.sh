# Reads what the kernel tells about the whole machine.
for file in /proc/kcore /proc/keys /proc/timer_list /proc/sched_debug /proc/latency_stats /sys/firmware/dmi/tables/DMI \
  /proc/acpi/wakeup /proc/scsi/scsi; do
  if [ -r $file ] && [ "$(head -c 16 $file 2>/dev/null | wc -c)" -gt 0 ]; then echo "ESCAPED: $file"; fi
done
if grep -v '^0000000000000000' /proc/kallsyms 2>/dev/null | head -1 | grep -q .; then echo "ESCAPED: kallsyms"; fi
