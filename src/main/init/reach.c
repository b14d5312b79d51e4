/*
 * reach: knocks at addresses and tells whether anybody answered. The runner starts it in a container of its own to see
 * whether the networks of tasks are kept from the engine's machine.
 *
 * Usage:     fleet-init --reach ADDRESS PORT [ADDRESS PORT...]
 * Without an address it waits for a signal, which keeps the container's network up.
 * Exit code: 0 if nobody answered, not even with a refusal; 3 if somebody did; 2 for wrong arguments
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS 1500
#define NOBODY 0
#define WRONG 2
#define SOMEBODY 3

/* The container has one network; its interface has the number after loopback's or a later one. */
static unsigned scope(void) {
  struct if_nameindex *all = if_nameindex();
  unsigned found = 0;
  for (struct if_nameindex *one = all; one != NULL && one->if_index != 0; one++)
    if (strcmp(one->if_name, "lo") != 0) found = one->if_index;
  if (all != NULL) if_freenameindex(all);
  return found;
}

static int answered(const struct sockaddr *address, socklen_t length) {
  int knocking = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (knocking < 0) return 0;
  int failure = connect(knocking, address, length) == 0 ? 0 : errno;
  if (failure == EINPROGRESS) {
    struct pollfd door = {.fd = knocking, .events = POLLOUT};
    socklen_t size = sizeof failure;
    if (poll(&door, 1, PATIENCE_MS) != 1 || getsockopt(knocking, SOL_SOCKET, SO_ERROR, &failure, &size) != 0)
      failure = ETIMEDOUT;
  }
  close(knocking);
  return failure == 0 || failure == ECONNREFUSED;
}

static int knock(const char *address, int port) {
  struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_scope_id = scope()};
  if (inet_pton(AF_INET, address, &four.sin_addr) == 1) return answered((struct sockaddr *)&four, sizeof four);
  if (inet_pton(AF_INET6, address, &six.sin6_addr) == 1) return answered((struct sockaddr *)&six, sizeof six);
  return -1;
}

int reach(int count, char *const arguments[]) {
  if (count == 0) {
    pause();
    return NOBODY;
  }
  for (int i = 0; i + 1 < count; i += 2) {
    int heard = knock(arguments[i], atoi(arguments[i + 1]));
    if (heard != 0) return heard < 0 ? WRONG : SOMEBODY;
  }
  return count % 2 == 0 ? NOBODY : WRONG;
}
