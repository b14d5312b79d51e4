# spec: {"resources": {"pids": 64}, "timeouts": {"overallSec": 20, "graceSec": 1}}
# expect: failed, timeout
# Makes processes without end.
bomb() { bomb | bomb & }
bomb 2>/dev/null
perl -e 'while (1) { fork }' 2>/dev/null
