/* The way out of a container without a network: see wire.c. */
#ifndef FLEET_WIRE_H
#define FLEET_WIRE_H

/*
 * Starts the wire if FLEET_WIRE names a directory, and drops the variable. To be called before anything secret is in
 * memory but for the environment. Returns when the ports of the sockets that are there are open: 0, or -1 with a message
 * on standard error if there is no way out although one was asked for.
 */
int wire_begin(void);

/* Ends the wire, if there is one. */
void wire_end(void);

#endif
