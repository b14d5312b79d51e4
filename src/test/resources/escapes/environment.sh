# spec: {"env": {"FLEET_INIT": "0 0 0", "LD_PRELOAD": "/workspace/evil.so", "PATH": "/workspace:/usr/bin:/bin", "FLEET_TASK_ID": "other", "HOME": "/root"}}
# Gives the runner's own variables.
[ -z "$FLEET_INIT" ] || echo "ESCAPED: FLEET_INIT reached the command"
grep -q '^NoNewPrivs:.1' /proc/self/status || echo "ESCAPED"
