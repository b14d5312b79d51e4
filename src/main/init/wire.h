/* Carries connections from ports of the loopback to sockets that the runner listens on. */
#ifndef FLEET_WIRE_H
#define FLEET_WIRE_H

/* Where the runner's sockets are in the container. */
#define WIRE_DIRECTORY "/run/fleet"

/* Starts the process that carries, if the directory is there; nothing happens otherwise. Returns 0, or -1 and errno. */
int start_wire(const char *directory);

#endif
