/*
 * wire: makes ports of the task's own of the sockets that the runner serves in the task's directory: each tcp-N there is
 * found at 127.0.0.1:N as long as it is there. It is a process of its own beside the command, and one for each direction of
 * each connection.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MOST 128
#define BACKLOG 64

static struct pollfd watched[MOST + 1]; /* first the directory, then the ports */
static int ports[MOST + 1];
static int count = 1;

static void path_of(char *path, size_t size, const char *directory, int port) {
  snprintf(path, size, "%s/tcp-%d", directory, port);
}

static void listen_at(int port) {
  struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int yes = 1;
  int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listening < 0) return;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listening, (struct sockaddr *)&local, sizeof local) != 0 || listen(listening, BACKLOG) != 0) {
    close(listening);
    return;
  }
  watched[count] = (struct pollfd){.fd = listening, .events = POLLIN};
  ports[count++] = port;
}

static int is_known(int port) {
  for (int i = 1; i < count; i++)
    if (ports[i] == port) return 1;
  return 0;
}

static void look(const char *directory) {
  char path[256];
  struct stat there;
  for (int i = count - 1; i > 0; i--) {
    path_of(path, sizeof path, directory, ports[i]);
    if (lstat(path, &there) == 0) continue;
    close(watched[i].fd);
    count--;
    watched[i] = watched[count];
    ports[i] = ports[count];
  }
  DIR *list = opendir(directory);
  if (list == NULL) return;
  for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
    int port = strncmp(entry->d_name, "tcp-", 4) == 0 ? atoi(entry->d_name + 4) : 0;
    if (port > 0 && port < 65536 && count <= MOST && !is_known(port)) listen_at(port);
  }
  closedir(list);
}

static void carry(int from, int to) {
  char bytes[32768];
  ssize_t got;
  while ((got = read(from, bytes, sizeof bytes)) > 0)
    for (ssize_t done = 0, wrote; done < got; done += wrote) {
      wrote = write(to, bytes + done, (size_t)(got - done));
      if (wrote <= 0) {
        shutdown(from, SHUT_RD);
        return;
      }
    }
  shutdown(to, SHUT_WR);
}

static void lead(int visitor, const char *directory, int port) {
  struct sockaddr_un far = {.sun_family = AF_UNIX};
  path_of(far.sun_path, sizeof far.sun_path, directory, port);
  int served = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (served >= 0 && connect(served, (struct sockaddr *)&far, sizeof far) == 0) {
    pid_t back = fork();
    if (back == 0) carry(served, visitor);
    else if (back > 0) carry(visitor, served);
  }
  _exit(0);
}

static void serve(const char *directory) {
  char events[4096];
  watched[0] = (struct pollfd){.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), .events = POLLIN};
  inotify_add_watch(watched[0].fd, directory, IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM);
  look(directory);
  for (;;) {
    if (poll(watched, (nfds_t)count, -1) < 0) continue;
    for (int i = 1; i < count; i++) {
      if ((watched[i].revents & POLLIN) == 0) continue;
      int visitor = accept4(watched[i].fd, NULL, NULL, SOCK_CLOEXEC);
      if (visitor >= 0 && fork() == 0) lead(visitor, directory, ports[i]);
      if (visitor >= 0) close(visitor);
    }
    if (watched[0].revents != 0) {
      while (read(watched[0].fd, events, sizeof events) > 0) continue;
      look(directory);
    }
  }
}

void wire(const char *directory) {
  struct stat there;
  if (stat(directory, &there) != 0 || fork() != 0) return;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGCHLD, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  /* The command's output ends with the command, and not when this does. */
  for (int stream = 0; stream <= 2; stream++) close(stream);
  serve(directory);
}
