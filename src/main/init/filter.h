/* A filter of system calls for the command and all that comes from it. */
#ifndef FLEET_FILTER_H
#define FLEET_FILTER_H

/* Sets the filter for this process and all that come from it; returns 0, or -1 and errno. It cannot be taken off. */
int filter_system_calls(void);

#endif
