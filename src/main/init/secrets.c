/* What secrets.h promises. */
#define _GNU_SOURCE
#include "secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LENGTH_DIGITS 8
#define MAX_BLOCK (2L << 20) /* the runner's own limit is 1 MiB of values, and their names */

static int wait_sec;
static const char *directory;
static unsigned char *block; /* the text as it comes, and then the bytes, in the same place */
static size_t block_size, room;

/* A record of the block; the value has a NUL behind it. */
struct record {
  char kind;
  const char *name;
  const unsigned char *value;
  size_t length;
};

int expect_secrets(char *line) {
  int path = 0;
  if (sscanf(line, "secrets %d %n", &wait_sec, &path) != 1 || path == 0) return 0;
  directory = line + path;
  return 1;
}

static long long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int read_all(unsigned char *into, size_t length, long long until) {
  while (length > 0) {
    long long left = until - now_ms();
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready = left > 0 ? poll(&input, 1, (int)left) : 0;
    if (ready == 0) return ETIMEDOUT;
    ssize_t got = ready < 0 ? -1 : read(STDIN_FILENO, into, length);
    if (got == 0) return EPROTO;
    if (got < 0 && errno != EINTR && errno != EAGAIN) return errno;
    if (got > 0) {
      into += got;
      length -= (size_t)got;
    }
  }
  return 0;
}

static int digit(unsigned char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int read_block(long long until) {
  unsigned char digits[LENGTH_DIGITS];
  int error = read_all(digits, sizeof digits, until);
  if (error != 0) return error;
  long length = 0;
  for (int i = 0; i < LENGTH_DIGITS; i++) {
    if (digit(digits[i]) < 0) return EPROTO;
    length = length * 16 + digit(digits[i]);
  }
  if (length > MAX_BLOCK) return EPROTO;
  room = 2 * (size_t)length;
  block = malloc(room + 1);
  if (block == NULL) return ENOMEM;
  error = read_all(block, room, until);
  for (; error == 0 && block_size < (size_t)length; block_size++) {
    int high = digit(block[2 * block_size]), low = digit(block[2 * block_size + 1]);
    if (high < 0 || low < 0) return EPROTO;
    block[block_size] = (unsigned char)(high * 16 + low);
  }
  return error;
}

/* The record at a place in the block; moves on behind it. Returns 0 where there is none. */
static int next(size_t *at, struct record *found) {
  size_t rest = block_size - *at;
  if (rest < 1) return 0;
  const unsigned char *name = block + *at + 1, *end = memchr(name, 0, rest - 1);
  if (end == NULL || (size_t)(block + block_size - end) < 6) return 0;
  found->kind = (char)block[*at];
  found->name = (const char *)name;
  found->length = (size_t)end[1] << 24 | (size_t)end[2] << 16 | (size_t)end[3] << 8 | (size_t)end[4];
  found->value = end + 5;
  if (found->length >= (size_t)(block + block_size - found->value) || found->value[found->length] != 0) return 0;
  *at = (size_t)(found->value - block) + found->length + 1;
  return 1;
}

static int write_file(int parent, const struct record *secret) {
  if (strchr(secret->name, '/') != NULL) return EPROTO;
  int file = openat(parent, secret->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0400);
  if (file < 0) return errno;
  int error = 0;
  for (size_t done = 0; error == 0 && done < secret->length;) {
    ssize_t written = write(file, secret->value + done, secret->length - done);
    if (written > 0) done += (size_t)written;
    else if (errno != EINTR) error = errno;
  }
  close(file);
  return error;
}

static int write_files(void) {
  int parent = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), error = 0;
  if (parent < 0) return errno;
  size_t at = 0;
  struct record secret;
  while (error == 0 && next(&at, &secret)) {
    if (secret.kind == 'F') error = write_file(parent, &secret);
    else if (secret.kind != 'E') error = EPROTO;
  }
  close(parent);
  return error != 0 ? error : at == block_size ? 0 : EPROTO;
}

static int shut_input(void) {
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0) return errno;
  int error = dup2(nothing, STDIN_FILENO) < 0 ? errno : 0;
  close(nothing);
  return error;
}

int receive_secrets(void) {
  if (directory == NULL) return 0;
  int error = read_block(now_ms() + wait_sec * 1000LL);
  if (error == 0) error = write_files();
  if (error == 0) error = shut_input();
  if (error != 0) forget_secrets();
  return error;
}

void export_secrets(void) {
  size_t at = 0;
  struct record secret;
  while (next(&at, &secret))
    if (secret.kind == 'E') setenv(secret.name, (const char *)secret.value, 1);
}

void forget_secrets(void) {
  if (block == NULL) return;
  explicit_bzero(block, room);
  free(block);
  block = NULL;
  block_size = 0;
}
