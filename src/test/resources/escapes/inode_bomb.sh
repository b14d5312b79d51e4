# spec: {"resources": {"disk": "16Mi"}, "timeouts": {"overallSec": 60}}
# expect: failed
# Fills the disk with directories.
i=0
while [ $i -lt 20000 ]; do mkdir -p "/workspace/d$i/a/b/c/d/e/f/g/h" || exit 9; i=$((i + 1)); done
sleep 30
