# spec: {"timeouts": {"overallSec": 10, "graceSec": 1}}
# expect: timeout
# Writes a log without end, on both streams.
yes flood >&2 &
yes flood
