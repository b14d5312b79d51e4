# spec: {"resources": {"memory": "64Mi"}, "timeouts": {"overallSec": 60}}
# expect: passed, failed
# Fills the memory behind /tmp and /dev/shm.
head -c 1G /dev/zero >/tmp/big 2>/dev/null
head -c 1G /dev/zero >/dev/shm/big 2>/dev/null
[ "$(stat -c %s /tmp/big)" -lt 1073741824 ] || echo "ESCAPED: /tmp"
