/*
 * A container without a network has its loopback. For every socket `tcp-N` in a directory that the runner shares with the
 * container, this listens on port N of 127.0.0.1 and ::1 and carries what comes there to the socket, and back. So the ways
 * out of the container are exactly the sockets that the runner put there.
 *
 * Sockets may come and go while it runs. One that is away for a moment is waited for: a runner that restarts makes its own
 * anew. A direction that has ended is ended on the other side too (shutdown(2)), and the other one goes on.
 *
 * It is one process with one loop. Each connection has a buffer for each direction, and reads no more while that is full.
 */
#define _GNU_SOURCE
#include "wire.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define MAX_PORTS 64
#define MAX_CONNECTIONS 256
#define BUFFER (32 << 10)
#define LOOK_EVERY_MS 1000
#define TRY_EVERY_MS 100
#define PATIENCE_MS 15000 /* how long a socket may be away */

struct port {
  int number;
  int listener[2]; /* 127.0.0.1 and ::1; -1 if it could not be opened */
  long long gone_ms; /* since when its socket is away; 0 while it is there */
};

/* What goes one way: read from one side, not yet written to the other. */
struct flow {
  char *bytes;
  size_t from, to;
  int ended, told; /* its source has ended; that was told to its target */
  int unwanted; /* its target takes no more: what comes is dropped, so that what the target still says is not lost */
};

struct connection {
  int side[2]; /* the task's, and the runner's: -1 while that is not connected */
  int port;
  long long since_ms;
  struct flow flow[2]; /* flow[i] comes from side[i] */
};

static const char *directory;
static struct port ports[MAX_PORTS];
static struct connection connections[MAX_CONNECTIONS];
static int port_count, connection_count;

static long long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void close_side(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static int listen_on(int family, int number) {
  int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int on = 1;
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address = {0};
  socklen_t length = family == AF_INET ? sizeof address.v4 : sizeof address.v6;
  if (fd < 0) return -1;
  if (family == AF_INET) {
    address.v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((in_port_t)number), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  } else {
    address.v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((in_port_t)number), .sin6_addr = in6addr_loopback};
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  }
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, &address.any, length) != 0 || listen(fd, SOMAXCONN) != 0) {
    close(fd);
    return -1;
  }
  return fd;
}

static struct port *find_port(int number) {
  for (int i = 0; i < port_count; i++)
    if (ports[i].number == number) return &ports[i];
  return NULL;
}

static void open_port(struct port *port) {
  if (port->listener[0] < 0) port->listener[0] = listen_on(AF_INET, port->number);
  if (port->listener[1] < 0) port->listener[1] = listen_on(AF_INET6, port->number);
}

/* The number in a name like tcp-3128, or 0. */
static int number_of(const char *name) {
  int number = 0, length = 0;
  if (sscanf(name, "tcp-%5d%n", &number, &length) != 1 || name[length] != '\0') return 0;
  return number >= 1 && number <= 65535 ? number : 0;
}

/* Opens the ports of new sockets; closes those whose socket does not come back. */
static void look(void) {
  long long now = now_ms();
  for (int i = 0; i < port_count; i++)
    if (ports[i].gone_ms == 0) ports[i].gone_ms = now;
  DIR *entries = opendir(directory);
  struct dirent *entry;
  while (entries != NULL && (entry = readdir(entries)) != NULL) {
    int number = number_of(entry->d_name);
    if (number == 0) continue;
    struct port *port = find_port(number);
    if (port == NULL && port_count < MAX_PORTS) {
      port = &ports[port_count++];
      *port = (struct port){.number = number, .listener = {-1, -1}};
    }
    if (port == NULL) continue;
    port->gone_ms = 0;
    open_port(port);
  }
  if (entries != NULL) closedir(entries);
  for (int i = 0; i < port_count; i++)
    if (ports[i].gone_ms != 0 && now - ports[i].gone_ms > PATIENCE_MS) {
      close_side(&ports[i].listener[0]);
      close_side(&ports[i].listener[1]);
      ports[i--] = ports[--port_count];
    }
}

static void end(struct connection *connection) {
  for (int i = 0; i < 2; i++) {
    close_side(&connection->side[i]);
    free(connection->flow[i].bytes);
  }
  *connection = connections[--connection_count];
}

/* Connects to the runner's socket; returns 0 if it may be tried again. */
static int connect_side(struct connection *connection) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s/tcp-%d", directory, connection->port);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
    connection->side[1] = fd;
    return 1;
  }
  if (fd >= 0) close(fd);
  return now_ms() - connection->since_ms < PATIENCE_MS ? 0 : -1;
}

static void take(int listener, int number) {
  while (connection_count < MAX_CONNECTIONS) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    struct connection *connection = &connections[connection_count];
    *connection = (struct connection){.side = {fd, -1}, .port = number, .since_ms = now_ms()};
    connection->flow[0].bytes = malloc(BUFFER);
    connection->flow[1].bytes = malloc(BUFFER);
    connection_count++;
    if (connection->flow[0].bytes == NULL || connection->flow[1].bytes == NULL || connect_side(connection) < 0) end(connection);
  }
}

static int is_empty(const struct flow *flow) { return flow->from == flow->to; }

/* Takes what there is from a side; one that is broken has ended. */
static void fill(struct flow *flow, int from) {
  if (is_empty(flow)) flow->from = flow->to = 0;
  if (flow->to == BUFFER) return;
  ssize_t got = read(from, flow->bytes + flow->to, BUFFER - flow->to);
  if (got > 0) flow->to += (size_t)got;
  else if (got == 0 || (errno != EAGAIN && errno != EINTR)) flow->ended = 1;
}

/* Gives a side what there is for it, and tells it the end. */
static void drain(struct flow *flow, int to) {
  while (!is_empty(flow) && !flow->unwanted) {
    ssize_t put = send(to, flow->bytes + flow->from, flow->to - flow->from, MSG_NOSIGNAL);
    if (put >= 0) flow->from += (size_t)put;
    else if (errno == EAGAIN || errno == EINTR) return;
    else flow->unwanted = 1;
  }
  if (flow->unwanted) flow->from = flow->to;
  if (flow->ended && !flow->told) {
    flow->told = 1;
    shutdown(to, SHUT_WR);
  }
}

/* Which events of a side are waited for. */
static short wanted(const struct connection *connection, int side) {
  const struct flow *in = &connection->flow[side], *out = &connection->flow[1 - side];
  short events = 0;
  if (!in->ended && (is_empty(in) || in->to < BUFFER)) events |= POLLIN;
  if (!is_empty(out) && connection->side[side] >= 0) events |= POLLOUT;
  return events;
}

/* Carries what can be carried; returns -1 if the connection is over. */
static int carry(struct connection *connection, const short happened[2]) {
  for (int side = 0; side < 2; side++)
    if (connection->side[side] >= 0 && happened[side] != 0 && !connection->flow[side].ended)
      fill(&connection->flow[side], connection->side[side]);
  for (int side = 0; side < 2; side++)
    if (connection->side[side] >= 0) drain(&connection->flow[1 - side], connection->side[side]);
  return connection->flow[0].told && connection->flow[1].told ? -1 : 0;
}

static void run(int changes) {
  static struct pollfd fds[1 + 2 * MAX_PORTS + 2 * MAX_CONNECTIONS];
  long long look_ms = 0;
  for (;;) {
    long long now = now_ms();
    if (now >= look_ms) {
      look();
      look_ms = now + LOOK_EVERY_MS;
    }
    int count = 0, waiting = 0;
    fds[count++] = (struct pollfd){.fd = changes, .events = POLLIN};
    int listening = port_count, carrying = connection_count;
    for (int i = 0; i < listening; i++)
      for (int k = 0; k < 2; k++)
        fds[count++] = (struct pollfd){.fd = connection_count < MAX_CONNECTIONS ? ports[i].listener[k] : -1, .events = POLLIN};
    int first = count;
    for (int i = 0; i < carrying; i++)
      for (int side = 0; side < 2; side++) {
        short events = wanted(&connections[i], side);
        /* Without events a side that was hung up would be told again and again. */
        fds[count++] = (struct pollfd){.fd = events != 0 ? connections[i].side[side] : -1, .events = events};
        waiting |= connections[i].side[1] < 0;
      }
    long long wait_ms = waiting ? TRY_EVERY_MS : look_ms - now;
    if (poll(fds, (nfds_t)count, (int)(wait_ms > 0 ? wait_ms : 0)) < 0 && errno != EINTR) return;

    char told[4096];
    if (fds[0].revents != 0 && read(changes, told, sizeof told) > 0) look_ms = 0;
    /* From the end, because one that is over gives its place to the last. */
    for (int i = carrying - 1; i >= 0; i--) {
      struct connection *connection = &connections[i];
      short happened[2] = {fds[first + 2 * i].revents, fds[first + 2 * i + 1].revents};
      if (connection->side[1] < 0 && connect_side(connection) < 0) end(connection);
      else if (carry(connection, happened) < 0) end(connection);
    }
    for (int i = 0; i < listening; i++)
      for (int k = 0; k < 2; k++)
        if (fds[1 + 2 * i + k].revents & POLLIN) take(ports[i].listener[k], ports[i].number);
  }
}

int start_wire(const char *where) {
  struct stat found;
  if (stat(where, &found) != 0 || !S_ISDIR(found.st_mode)) return 0;
  pid_t parent = getpid();
  pid_t wire = fork();
  if (wire != 0) return wire < 0 ? -1 : 0;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  /* It must not keep the command's pipes open, nor get what is sent to its group. */
  setsid();
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd <= 2; fd++) dup2(nothing, fd);
  directory = where;
  int changes = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (changes >= 0) inotify_add_watch(changes, directory, IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM);
  run(changes);
  _exit(1);
}
