# spec: {"timeouts": {"overallSec": 2, "graceSec": 1}}
# expect: timeout
# Does not end when it is asked to.
trap '' TERM INT HUP QUIT
while :; do sleep 1; done
