# spec: {"resources": {"disk": "16Mi"}, "timeouts": {"overallSec": 60}}
# expect: failed
# Fills the disk, in one file and in many.
i=0
while [ $i -lt 4096 ]; do head -c 1M /dev/zero >/workspace/f$i || exit 9; i=$((i + 1)); sleep 0.02; done
