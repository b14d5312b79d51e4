# Reaches for the first process: its memory, its secrets, its life, its file, which all tasks of the engine share.
cat /proc/1/environ >/dev/null 2>&1 && echo "ESCAPED: environ"
ls /proc/1/fd >/dev/null 2>&1 && echo "ESCAPED: its files"
head -c 1 /proc/1/mem >/dev/null 2>&1 && echo "ESCAPED: its memory"
ls /proc/1/root/ >/dev/null 2>&1 && echo "ESCAPED: its root"
kill -KILL 1 2>/dev/null
kill -STOP 1 2>/dev/null
{ echo pwn >/.fleetrunner/fleet-init; } 2>/dev/null && echo "ESCAPED: its file is written"
rm -f /.fleetrunner/fleet-init 2>/dev/null
[ -e /.fleetrunner/fleet-init ] || echo "ESCAPED: its file is removed"
mv /.fleetrunner /tmp/ 2>/dev/null && echo "ESCAPED: its directory is moved"
env | grep FLEET_INIT && echo "ESCAPED: its words"
