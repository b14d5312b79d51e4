# Enters the namespaces of the first process.
for kind in mnt net pid ipc uts user; do
  if nsenter --$( [ $kind = mnt ] && echo mount || echo $kind)=/proc/1/ns/$kind true 2>/dev/null; then
    echo "ESCAPED: $kind"
  fi
done
