/*
 * The wire: carries bytes between ports of the container's loopback and unix sockets of the runner.
 *
 * A container that may reach only some hosts has no network but its loopback. The runner listens at unix sockets in a
 * directory that is mounted into the container; for each socket named tcp-N there is a port N here, on 127.0.0.1 and, where
 * there is one, ::1. The directory is watched: ports come and go with its sockets. A socket that is there but answers
 * nobody belongs to a runner that is being restarted: who connects meanwhile waits for AWAY_MS.
 *
 * It is a process of its own, in a session of its own, without the container's streams and without the environment. It may
 * do no more than the command itself may, so nothing depends on it that the command must not touch.
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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_PORTS 128
#define MAX_CONNECTIONS 256 /* more wait in the backlog of their port */
#define BUFFER (32 << 10)
#define AWAY_MS 15000
#define RETRY_MS 50
#define LOOK_MS 1000 /* where the kernel gives no more watches (they are counted for each user of the machine) */
#define READY_MS 10000
#define LAST_INHERITED 1024 /* file descriptors that an engine may have left open */

extern char **environ;

static pid_t wire = -1;

struct port {
  int number;
  int listeners[2]; /* IPv4 and IPv6; -1 for none */
  int there;        /* seen in the last look at the directory */
};

/* One direction: what was read from `from` and waits for the other side. */
struct flow {
  char bytes[BUFFER];
  size_t start, end;
  int ended; /* nothing more is read */
  int shut;  /* the other side knows */
};

struct connection {
  int near, far; /* the command's side; the runner's, -1 until it answers */
  int port;
  long long until_ms; /* when waiting for the runner is given up */
  struct flow *out, *in;
};

static struct port ports[MAX_PORTS];
static int port_count;
static struct connection connections[MAX_CONNECTIONS];
static int connection_count;

static long long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int listen_on(int family, int number) {
  struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)number), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  int one = 1, fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
  const struct sockaddr *address = family == AF_INET ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6;
  if (bind(fd, address, family == AF_INET ? sizeof v4 : sizeof v6) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
  close(fd);
  return -1;
}

static void close_port(struct port *port) {
  for (int i = 0; i < 2; i++)
    if (port->listeners[i] >= 0) close(port->listeners[i]);
  *port = ports[--port_count];
}

/* The port that a socket's name stands for, written without leading zeros; 0 for other names. */
static int port_of(const char *name) {
  int number = 0, length = 0;
  if (sscanf(name, "tcp-%5d%n", &number, &length) != 1 || name[length] != 0 || number < 1 || number > 65535) return 0;
  char canonical[16];
  snprintf(canonical, sizeof canonical, "tcp-%d", number);
  return strcmp(canonical, name) == 0 ? number : 0;
}

static void see(const char *name) {
  struct stat found;
  int number = port_of(name);
  if (number == 0 || lstat(name, &found) != 0 || !S_ISSOCK(found.st_mode)) return;
  for (int i = 0; i < port_count; i++)
    if (ports[i].number == number) {
      ports[i].there = 1;
      return;
    }
  if (port_count == MAX_PORTS) return;
  struct port opened = {.number = number, .listeners = {listen_on(AF_INET, number), listen_on(AF_INET6, number)}, .there = 1};
  if (opened.listeners[0] >= 0 || opened.listeners[1] >= 0) ports[port_count++] = opened;
}

/* Brings the ports into step with the directory, which is the working directory. Returns 0 if it cannot be read. */
static int look(void) {
  DIR *directory = opendir(".");
  if (directory == NULL) return 0;
  for (int i = 0; i < port_count; i++) ports[i].there = 0;
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) see(entry->d_name);
  closedir(directory);
  for (int i = port_count - 1; i >= 0; i--)
    if (!ports[i].there) close_port(&ports[i]);
  return 1;
}

/* Connects to the runner. Returns the socket, or -1 while it does not answer. */
static int reach(int number) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "tcp-%d", number);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

static void accept_all(const struct port *port, int listener) {
  while (connection_count < MAX_CONNECTIONS) {
    int near = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (near < 0) return;
    struct connection made = {.near = near, .far = -1, .port = port->number, .until_ms = now_ms() + AWAY_MS};
    made.out = calloc(1, sizeof *made.out);
    made.in = calloc(1, sizeof *made.in);
    if (made.out == NULL || made.in == NULL) {
      free(made.out);
      free(made.in);
      close(near);
      return;
    }
    connections[connection_count++] = made;
  }
}

/* An abrupt end is passed on as one, so that half an answer is not taken for a whole one. */
static void drop(struct connection *connection, int abrupt) {
  struct linger at_once = {.l_onoff = 1, .l_linger = 0};
  if (abrupt) setsockopt(connection->near, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(connection->near);
  if (connection->far >= 0) close(connection->far);
  free(connection->out);
  free(connection->in);
  *connection = connections[--connection_count];
}

/* Carries what can be carried now in one direction. Returns 0 when the connection is broken. */
static int carry(struct flow *flow, int from, int to) {
  for (;;) {
    if (flow->start == flow->end && !flow->ended) {
      ssize_t got = read(from, flow->bytes, sizeof flow->bytes);
      if (got < 0) return errno == EAGAIN || errno == EINTR;
      flow->start = 0;
      flow->end = (size_t)got;
      flow->ended = got == 0;
    }
    if (flow->start < flow->end) {
      ssize_t put = send(to, flow->bytes + flow->start, flow->end - flow->start, MSG_NOSIGNAL);
      if (put < 0) return errno == EAGAIN || errno == EINTR;
      flow->start += (size_t)put;
      if (flow->start < flow->end) return 1;
    }
    if (flow->ended) {
      if (!flow->shut) shutdown(to, SHUT_WR);
      flow->shut = 1;
      return 1;
    }
    if (flow->end < sizeof flow->bytes) return 1; /* one turn each: a fast connection does not starve the others */
  }
}

/* Returns 0 when the connection is over, and says by `abrupt` how. */
static int advance(struct connection *connection, int *abrupt) {
  *abrupt = 1;
  if (connection->far < 0) {
    connection->far = reach(connection->port);
    if (connection->far < 0) return now_ms() < connection->until_ms;
  }
  if (!carry(connection->out, connection->near, connection->far)) return 0;
  if (!carry(connection->in, connection->far, connection->near)) return 0;
  *abrupt = 0;
  return !(connection->out->shut && connection->in->shut);
}

static short wanted(const struct flow *reads, const struct flow *writes) {
  short events = 0;
  if (reads->start == reads->end && !reads->ended) events |= POLLIN;
  if (writes->start < writes->end) events |= POLLOUT;
  return events;
}

/* Waits until there is something to do, and does it. */
static int turn(int watch) {
  static struct pollfd polled[1 + 2 * MAX_PORTS + 2 * MAX_CONNECTIONS];
  int count = 0, waiting = 0, listening = port_count, carrying = connection_count;
  polled[count++] = (struct pollfd){.fd = watch, .events = POLLIN};
  for (int i = 0; i < listening; i++)
    for (int side = 0; side < 2; side++)
      polled[count++] = (struct pollfd){.fd = connection_count < MAX_CONNECTIONS ? ports[i].listeners[side] : -1, .events = POLLIN};
  for (int i = 0; i < carrying; i++) {
    struct connection *connection = &connections[i];
    int away = connection->far < 0;
    waiting |= away;
    short near = away ? 0 : wanted(connection->out, connection->in), far = away ? 0 : wanted(connection->in, connection->out);
    /* A side that has hung up would be told of for ever: it is asked only for what it can still do. */
    polled[count++] = (struct pollfd){.fd = near || away ? connection->near : -1, .events = near};
    polled[count++] = (struct pollfd){.fd = far ? connection->far : -1, .events = far};
  }
  int changed = poll(polled, (nfds_t)count, waiting ? RETRY_MS : watch < 0 ? LOOK_MS : -1);
  if (changed < 0) return errno == EINTR;

  for (int i = carrying - 1; i >= 0; i--) {
    const struct pollfd *two = &polled[1 + 2 * listening + 2 * i];
    int abrupt = 1, away = connections[i].far < 0, gone = away && (two[0].revents & (POLLHUP | POLLERR));
    if (gone || ((away || two[0].revents || two[1].revents) && !advance(&connections[i], &abrupt))) drop(&connections[i], abrupt);
  }
  for (int i = 0; i < listening; i++)
    for (int side = 0; side < 2; side++)
      if (polled[1 + 2 * i + side].revents) accept_all(&ports[i], ports[i].listeners[side]);
  /* Last, as it moves ports. */
  char changes[4096];
  while (polled[0].revents && read(watch, changes, sizeof changes) > 0) {
  }
  if (polled[0].revents || (watch < 0 && changed == 0)) look();
  return 1;
}

/* The environment holds what marks fleet-init's words, and may hold the task's secrets. */
static void forget_environment(void) {
  for (char **variable = environ; *variable != NULL; variable++) memset(*variable, 0, strlen(*variable));
  *environ = NULL;
}

static void let_go_of_streams(int kept) {
  int nothing = open("/dev/null", O_RDWR);
  for (int fd = 0; fd < LAST_INHERITED; fd++) {
    if (fd == kept || fd == nothing) continue;
    if (fd > 2 || nothing < 0) close(fd);
    else dup2(nothing, fd);
  }
  if (nothing > 2) close(nothing);
}

static void run(const char *directory, int ready, pid_t parent) {
  char error = 0;
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  setsid();
  signal(SIGPIPE, SIG_IGN);
  if (chdir(directory) != 0) error = (char)errno;
  forget_environment();
  let_go_of_streams(ready);
  int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (watch >= 0 && inotify_add_watch(watch, ".", IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO) < 0) {
    close(watch);
    watch = -1;
  }
  if (error == 0 && !look()) error = (char)errno;
  if (write(ready, &error, 1) != 1 || error != 0) _exit(1);
  close(ready);
  while (turn(watch)) {
  }
  _exit(1);
}

int wire_begin(void) {
  const char *directory = getenv("FLEET_WIRE");
  if (directory == NULL) return 0;
  int ready[2];
  char error = EIO;
  pid_t self = getpid();
  if (pipe2(ready, O_CLOEXEC) == 0) {
    wire = fork();
    if (wire == 0) run(directory, ready[1], self);
    if (wire < 0) error = (char)errno;
    close(ready[1]);
    struct pollfd told = {.fd = ready[0], .events = POLLIN};
    if (wire > 0 && poll(&told, 1, READY_MS) > 0 && read(ready[0], &error, 1) != 1) error = EIO;
    close(ready[0]);
  }
  if (error != 0) {
    fprintf(stderr, "fleet-init: the way out at %s cannot be opened: %s\n", directory, strerror(error));
    wire_end();
    return -1;
  }
  unsetenv("FLEET_WIRE");
  return 0;
}

void wire_end(void) {
  if (wire <= 0) return;
  kill(wire, SIGKILL);
  waitpid(wire, NULL, 0);
  wire = -1;
}
