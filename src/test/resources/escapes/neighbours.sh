# Sees the processes, shared memory, semaphores and message queues of others.
[ "$(ls -d /proc/[0-9]* | wc -l)" -lt 20 ] || echo "ESCAPED: processes of others"
[ "$(awk 'FNR > 1' /proc/sysvipc/shm /proc/sysvipc/sem /proc/sysvipc/msg | wc -l)" = 0 ] || echo "ESCAPED: IPC of others"
[ "$(find /dev/shm /dev/mqueue -mindepth 1 2>/dev/null | wc -l)" = 0 ] || echo "ESCAPED: shared memory of others"
[ "$(hostname)" = task ] || echo "ESCAPED: the machine's name"
