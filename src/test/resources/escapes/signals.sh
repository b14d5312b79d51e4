# expect: passed, failed
# Sends every signal to everybody it can see.
trap '' TERM HUP INT USR1 USR2
for signal in 1 2 3 10 12 14 15 18 19 20; do kill -$signal 1 2>/dev/null; done
