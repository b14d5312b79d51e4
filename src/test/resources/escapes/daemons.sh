# Leaves processes behind that have left its session and ignore signals.
for i in 1 2 3; do
  setsid sh -c 'trap "" TERM HUP INT; while :; do sleep 1; done' >/dev/null 2>&1 &
done
