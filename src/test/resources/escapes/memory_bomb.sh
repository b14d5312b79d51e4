# spec: {"resources": {"memory": "64Mi"}, "timeouts": {"overallSec": 60}}
# expect: failed
# Takes memory without end, in a process that nobody waits for, too.
perl -e 'my @a; push @a, "x" x (1 << 20) while 1' &
perl -e 'my @a; push @a, "x" x (1 << 20) while 1'
wait
exit 9
