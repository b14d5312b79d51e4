# Makes and opens devices.
mknod /tmp/disk b 8 0 2>/dev/null && echo "ESCAPED: mknod"
mknod /workspace/memory c 1 1 2>/dev/null && echo "ESCAPED: mknod of memory"
for device in /dev/sda /dev/vda /dev/mem /dev/kmem /dev/port /dev/kmsg /dev/fuse /dev/kvm /dev/net/tun /dev/loop-control; do
  if head -c 1 $device >/dev/null 2>&1; then echo "ESCAPED: $device"; fi
done
