/*
 * The secrets of a task: they come over standard input before the command starts, so that no engine has them in a
 * container's configuration or on its disk.
 *
 * What comes: the length of a block as eight hexadecimal digits, then the block, two hexadecimal digits a byte (an engine
 * may take control characters for a wish to detach). In the block are records: 'F' for a file or 'E' for a variable, the
 * name, NUL, the length of the value as four bytes in big endian, the value, NUL.
 */
#ifndef FLEET_SECRETS_H
#define FLEET_SECRETS_H

/* Takes the settings' line "secrets <seconds> <directory>"; returns 0 for any other line. The line stays in use. */
int expect_secrets(char *line);

/*
 * Waits for the secrets, if any are expected, for that many seconds at most; writes the files, and gives standard input
 * over to /dev/null. Returns 0, or the errno of what went wrong; EPROTO for a block that ends early or is none.
 */
int receive_secrets(void);

/* Puts the variables into the environment of this process: for the child, between fork and exec. */
void export_secrets(void);

/* Overwrites everything that is kept of them here. */
void forget_secrets(void);

#endif
