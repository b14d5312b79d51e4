/*
 * fleet-init: the first process of every task's container.
 *
 * It starts the command, hands signals on, reaps orphans, keeps the task's deadline while no runner watches, and ends
 * with the command's own exit code. Its last words are a report on standard error that the runner takes out of the log
 * again: what only a process inside the container can know (whether the command could be executed at all, how often the
 * kernel killed for memory, the CPU time and the peak of memory). It also has the first and the last word on both
 * streams, so that whoever reads the engine's log later knows whether its beginning and its end are there.
 *
 * It also watches the task's disk budget: it walks the task's directories, at most once a second and for no more than a
 * twentieth of the time, and ends the command as at the deadline when the files take the whole budget. It is a watch and
 * no wall: between two walks a task may write more; files that are deleted but open, those in directories that their
 * owner has made unreadable, and those more than MAX_DEPTH levels deep are not seen. A limit on the size of each file
 * (RLIMIT_FSIZE, set by the runner) is the second net: a command that fails is measured once more at its end.
 *
 * Usage:       FLEET_INIT="<nonce> <deadline> <grace>[ <disk>[ LF <line>]...]" fleet-init COMMAND [ARG...]
 *   nonce      marks its words as ours; the command cannot read it (the variable is dropped, this process not dumpable)
 *   deadline   whole seconds of run time after which the command is ended, 0 for none
 *   grace      whole seconds between TERM and KILL at the deadline
 *   disk       bytes that the files in the directories may take (blocks, a file's hard links each for its share); 0 or
 *              nothing for any
 *   line       a directory whose files count; one with "-" before it does not count where it lies below another (a mount)
 *              or "secrets <seconds> <directory>": the command's secrets come over standard input, which is waited for so
 *              long; those that are files are written into the directory (secrets.h). The command has no input then
 * Exit code:   the command's; 128 + N if signal N ended it; 126 or 127 if it could not be executed (POSIX, 2.8.2); 125
 *              if its secrets did not come
 *              fleet-init --reach: see reach.c
 * First words: RS "fleet-init:" half " begin" LF on both streams, half being the first half of the nonce: the command may
 *              be quick enough to read them out of its own pipe, and must not learn how the last ones are marked
 * Last words:  RS "fleet-init:" nonce " end" LF LF on standard output, and after that on standard error the report; the
 *              empty line is there because Docker's log tells the newline of a long line only by what follows it
 * Report:      RS "fleet-init:" nonce " exec=<errno> signal=<n> deadline=<0|1> wall_ms=<n> oom=<n>
 *              cpu_ns=<n> peak=<n> disk=<n> secrets=<errno>" LF LF
 *              disk is what the files took when the budget was used up; secrets is not 0 when they did not come
 *              numbers that are not known are -1; docs/contract.md says what becomes of them
 */
#define _GNU_SOURCE
#include "filter.h"
#include "wire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "secrets.h"

#define MAX_NONCE 64
#define REAP_SECONDS 2
#define MAX_DEPTH 128
#define MAX_ROOTS 80
#define WALK_SLICE_MS 20 /* after which signals and the deadline are looked after again */
#define WALK_EVERY_MS 1000
#define WALK_SHARE 20

static pid_t child = -1;
static long long started_ms;
static long long disk_limit;
static long long disk_used = -1; /* known only when it has reached the limit */
static int secrets_error;

static long long monotonic_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* The streams are shared with the command, which may have made them non-blocking: wait for room instead of losing text. */
static void write_all(int stream, const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = write(stream, text, length);
    if (written > 0) {
      text += written;
      length -= (size_t)written;
    } else if (errno == EAGAIN) {
      struct pollfd room = {.fd = stream, .events = POLLOUT};
      poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

/* The number after `key` in a cgroup file ("" for a file that is one number), or -1. */
static long long cgroup_number(const char *path, const char *key) {
  FILE *file = fopen(path, "re");
  if (file == NULL) return -1;
  char line[256];
  long long value = -1;
  size_t length = strlen(key);
  while (value < 0 && fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, key, length) == 0 && (length == 0 || line[length] == ' ')) value = atoll(line + length);
  fclose(file);
  return value;
}

/* cgroup v2 first, then v1; both are mounted read-only into the container by the engines. */
static long long oom_kills(void) {
  long long kills = cgroup_number("/sys/fs/cgroup/memory.events", "oom_kill");
  return kills >= 0 ? kills : cgroup_number("/sys/fs/cgroup/memory/memory.oom_control", "oom_kill");
}

static long long peak_memory(void) {
  long long peak = cgroup_number("/sys/fs/cgroup/memory.peak", "");
  return peak >= 0 ? peak : cgroup_number("/sys/fs/cgroup/memory/memory.max_usage_in_bytes", "");
}

static long long cpu_nanoseconds(void) {
  long long micros = cgroup_number("/sys/fs/cgroup/cpu.stat", "usage_usec");
  if (micros >= 0) return micros * 1000;
  long long nanos = cgroup_number("/sys/fs/cgroup/cpuacct/cpuacct.usage", "");
  if (nanos >= 0) return nanos;
  struct rusage usage;
  if (getrusage(RUSAGE_CHILDREN, &usage) != 0) return -1;
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
}

static void word(int stream, const char *nonce, int digits, const char *what) {
  char text[64 + MAX_NONCE];
  int length = snprintf(text, sizeof text, "\x1e" "fleet-init:%.*s %s\n", digits, nonce, what);
  write_all(stream, text, (size_t)length);
}

static void first_words(const char *nonce) {
  int half = (int)strlen(nonce) / 2;
  word(STDOUT_FILENO, nonce, half, "begin");
  word(STDERR_FILENO, nonce, half, "begin");
}

static void report(const char *nonce, int exec_error, int term_signal, int deadline_hit) {
  char text[256 + MAX_NONCE];
  int length = snprintf(text, sizeof text, "\x1e" "fleet-init:%s exec=%d signal=%d deadline=%d wall_ms=%lld oom=%lld cpu_ns=%lld peak=%lld disk=%lld secrets=%d\n\n",
                        nonce, exec_error, term_signal, deadline_hit, monotonic_ms() - started_ms, oom_kills(), cpu_nanoseconds(), peak_memory(), disk_used, secrets_error);
  word(STDOUT_FILENO, nonce, MAX_NONCE, "end\n");
  write_all(STDERR_FILENO, text, (size_t)length);
}

/* Starts the command in a process group of its own; returns 0, or the errno of the failed exec. */
static int start(char *const command[], const sigset_t *original_mask) {
  int failure[2];
  if (pipe2(failure, O_CLOEXEC) != 0) return errno;
  started_ms = monotonic_ms();
  child = fork();
  if (child < 0) return errno;
  if (child == 0) {
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, original_mask, NULL);
    export_secrets();
    execvp(command[0], command);
    int error = errno;
    if (write(failure[1], &error, sizeof error) < 0) _exit(125);
    _exit(127);
  }
  forget_secrets(); /* the child has its own copy, which is gone with its exec */
  setpgid(child, child); /* on both sides, so that no signal comes before the group exists */
  close(failure[1]);
  int error = 0;
  ssize_t got;
  do got = read(failure[0], &error, sizeof error);
  while (got < 0 && errno == EINTR);
  close(failure[0]);
  return got == sizeof error ? error : 0;
}

/* Reaps what has ended; returns 1 when the command itself is among it. */
static int reap(int *status) {
  int ended = 0, one;
  pid_t pid;
  while ((pid = waitpid(-1, &one, WNOHANG)) > 0)
    if (pid == child) {
      *status = one;
      ended = 1;
    }
  return ended;
}

/* The directories to measure and those to leave out, and how far the walk through them has come. */
static struct {
  char *path[MAX_ROOTS];
  struct stat at[MAX_ROOTS];
  int roots, root, depth;
  DIR *open[MAX_DEPTH];
  long long bytes, began_ms, next_ms;
} disk;

/* Takes the list of lines apart; it stays in use. */
static void watch_disk(char *list) {
  for (char *path = strtok(list, "\n"); path != NULL && disk.roots < MAX_ROOTS; path = strtok(NULL, "\n"))
    if (!expect_secrets(path)) disk.path[disk.roots++] = path;
  disk.next_ms = monotonic_ms() + WALK_EVERY_MS;
}

static int is_root(const struct stat *found) {
  for (int i = 0; i < disk.roots; i++)
    if (disk.at[i].st_ino == found->st_ino && disk.at[i].st_dev == found->st_dev) return 1;
  return 0;
}

static void count(const struct stat *file) {
  disk.bytes += file->st_blocks * 512LL / (S_ISDIR(file->st_mode) || file->st_nlink < 1 ? 1 : (long long)file->st_nlink);
}

static void descend(int parent, const char *name) {
  int fd = disk.depth < MAX_DEPTH ? openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
  if (fd < 0) return;
  disk.open[disk.depth] = fdopendir(fd);
  if (disk.open[disk.depth] != NULL) disk.depth++;
  else close(fd);
}

static void begin_walk(void) {
  disk.root = disk.depth = 0;
  disk.bytes = 0;
  disk.began_ms = monotonic_ms();
  for (int i = 0; i < disk.roots; i++)
    if (lstat(disk.path[i] + (disk.path[i][0] == '-'), &disk.at[i]) != 0) memset(&disk.at[i], 0, sizeof disk.at[i]);
}

/* Goes on with the walk for a moment; returns 1 when it is through. The task may change the tree meanwhile. */
static int walk_on(void) {
  long long until = monotonic_ms() + WALK_SLICE_MS;
  while (monotonic_ms() < until) {
    if (disk.depth == 0) {
      if (disk.root == disk.roots) return 1;
      int next = disk.root++;
      if (disk.path[next][0] != '-') {
        count(&disk.at[next]);
        descend(AT_FDCWD, disk.path[next]);
      }
      continue;
    }
    DIR *directory = disk.open[disk.depth - 1];
    struct dirent *entry = readdir(directory);
    struct stat found;
    if (entry == NULL) {
      closedir(directory);
      disk.depth--;
    } else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
               fstatat(dirfd(directory), entry->d_name, &found, AT_SYMLINK_NOFOLLOW) == 0 &&
               !(S_ISDIR(found.st_mode) && is_root(&found))) {
      count(&found);
      if (S_ISDIR(found.st_mode)) descend(dirfd(directory), entry->d_name);
    }
  }
  return 0;
}

/* Notes how much is used when it is all of the budget. */
static int used_up(void) {
  if (disk.bytes >= disk_limit) disk_used = disk.bytes;
  return disk_used >= 0;
}

/* Measures a little if it is time to; returns 1 when the budget is used up, and says how long the next may wait. */
static int look_at_disk(long long *wait_ms) {
  static int walking;
  long long now = monotonic_ms();
  if (!walking && now >= disk.next_ms) {
    begin_walk();
    walking = 1;
  }
  if (walking && walk_on()) {
    walking = 0;
    now = monotonic_ms();
    long long rest = (now - disk.began_ms) * WALK_SHARE;
    disk.next_ms = now + (rest > WALK_EVERY_MS ? rest : WALK_EVERY_MS);
    if (used_up()) return 1;
  }
  *wait_ms = walking ? 0 : disk.next_ms - now;
  return 0;
}

/* A command may have failed because its file was as large as the budget: that is told, too. */
static void look_at_disk_once_more(void) {
  while (disk.depth > 0) closedir(disk.open[--disk.depth]);
  long long until = monotonic_ms() + REAP_SECONDS * 1000LL;
  begin_walk();
  while (monotonic_ms() < until)
    if (walk_on()) {
      used_up();
      return;
    }
}

/* Waits for the command's end, passing signals on and keeping deadline and disk budget. Returns 1 if the deadline ended it. */
static int supervise(const sigset_t *waited, long deadline_sec, long grace_sec, int *status) {
  long long next = deadline_sec > 0 ? monotonic_ms() + deadline_sec * 1000LL : -1;
  int ending = 0, deadline_hit = 0;
  while (!reap(status)) {
    long long wait_ms = 3600 * 1000LL;
    int over_budget = disk_limit > 0 && !ending && look_at_disk(&wait_ms);
    long long now = monotonic_ms();
    if (over_budget || (next >= 0 && now >= next)) {
      kill(-child, ending ? SIGKILL : SIGTERM);
      next = now + (ending ? 1000 : grace_sec * 1000LL + 1);
      if (!ending) deadline_hit = !over_budget;
      ending = 1;
    }
    if (next >= 0 && next - now < wait_ms) wait_ms = next - now;
    struct timespec wait = {.tv_sec = wait_ms / 1000, .tv_nsec = (wait_ms % 1000) * 1000000};
    int received = sigtimedwait(waited, NULL, &wait);
    if (received > 0 && received != SIGCHLD) kill(-child, received);
  }
  return deadline_hit;
}

/* Nothing outlives the command. Only as the first process of a namespace does "everybody" mean the container alone. */
static void end_the_rest(const sigset_t *waited) {
  kill(getpid() == 1 ? -1 : -child, SIGKILL);
  long long until = monotonic_ms() + REAP_SECONDS * 1000LL;
  for (;;) {
    pid_t pid = waitpid(-1, NULL, WNOHANG);
    if (pid < 0 || monotonic_ms() > until) return;
    if (pid == 0) {
      struct timespec moment = {.tv_nsec = 50000000};
      sigtimedwait(waited, NULL, &moment);
    }
  }
}

/* A task with an engine of its own finds it at the customary path, too: /run is memory then, and /var/run leads there. */
static void show_engine(void) {
  const char *engine = "/run/fleet/docker.sock";
  if (access(engine, F_OK) != 0) return;
  if (symlink(engine, "/run/docker.sock") != 0 && errno != EEXIST) perror("fleet-init: /run/docker.sock");
}

int reach(int count, char *const arguments[]);

int main(int argc, char *argv[]) {
  if (wire_begin() != 0) return 125;
  if (argc > 1 && strcmp(argv[1], "--reach") == 0) return reach(argc - 2, argv + 2);
  char nonce[MAX_NONCE + 1] = "";
  long deadline_sec = 0, grace_sec = 0;
  int directories = 0;
  char *given = getenv("FLEET_INIT");
  char *settings = given == NULL ? NULL : strdup(given);
  prctl(PR_SET_DUMPABLE, 0); /* the command runs as the same user: keep it from reading our environment */
  if (argc < 2 || settings == NULL || sscanf(settings, "%64s %ld %ld %lld%n", nonce, &deadline_sec, &grace_sec, &disk_limit, &directories) < 3) {
    fputs("usage: FLEET_INIT=\"<nonce> <deadline seconds> <grace seconds>[ <disk bytes>[\\n<line>]...]\" fleet-init COMMAND [ARG...]\n", stderr);
    return 125;
  }
  memset(given, 0, strlen(given)); /* gVisor shows our environment all the same */
  unsetenv("FLEET_INIT");
  if (directories > 0) watch_disk(settings + directories);

  sigset_t waited, original_mask;
  sigfillset(&waited);
  sigdelset(&waited, SIGFPE);
  sigdelset(&waited, SIGILL);
  sigdelset(&waited, SIGSEGV);
  sigdelset(&waited, SIGBUS);
  sigdelset(&waited, SIGABRT);
  sigdelset(&waited, SIGTRAP);
  sigdelset(&waited, SIGSYS);
  sigprocmask(SIG_BLOCK, &waited, &original_mask);
  signal(SIGPIPE, SIG_IGN);

  if (filter_system_calls() != 0) {
    fprintf(stderr, "fleet-init: this kernel takes no filter of system calls: %s\n", strerror(errno));
    return 125;
  }
  first_words(nonce);
  show_engine();
  started_ms = monotonic_ms();
  secrets_error = receive_secrets();
  if (secrets_error != 0) {
    report(nonce, 0, 0, 0);
    return 125;
  }
  int exec_error = start(argv + 1, &original_mask);
  if (exec_error != 0) {
    char text[512];
    int length = snprintf(text, sizeof text, "fleet-init: cannot execute %.300s: %s\n", argv[1], strerror(exec_error));
    write_all(STDERR_FILENO, text, (size_t)length);
    report(nonce, exec_error, 0, 0);
    return exec_error == ENOENT ? 127 : 126;
  }

  int status = 0;
  int deadline_hit = supervise(&waited, deadline_sec, grace_sec, &status);
  wire_end();
  end_the_rest(&waited);
  if (disk_limit > 0 && disk_used < 0 && status != 0) look_at_disk_once_more();
  int term_signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  report(nonce, 0, term_signal, deadline_hit);
  return term_signal != 0 ? 128 + term_signal : WEXITSTATUS(status);
}
