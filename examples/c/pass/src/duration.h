/* Durations as people write them: 90s, 45m, 1h30m. */
#ifndef DURATION_H
#define DURATION_H

/* The duration in seconds, or -1 for what is none. */
long duration_parse(const char *text);

#endif
