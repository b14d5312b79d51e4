/*
 * The engines' own filters differ: Podman's lets a task make a user namespace, in which it has every capability over new
 * kernel interfaces, and leave keys in a ring that all tasks of its user share; older ones of both let io_uring and
 * sockets of virtual machines pass. This one comes on top of theirs, and is the same everywhere. It names what is
 * refused, because a list of what is allowed is the engine's part.
 *
 * What asks for more than is there gets the answer of a kernel that never had it, so that libraries fall back:
 * clone3 (its flags lie in memory, where a filter cannot look) and io_uring are "not there" (ENOSYS), strange kinds of
 * sockets "not supported" (EAFNOSUPPORT); everything else is "not permitted" (EPERM).
 *
 * See seccomp(2), and Documentation/userspace-api/seccomp_filter.rst of the kernel.
 */
#define _GNU_SOURCE
#include "filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "no audit architecture is known for this machine"
#endif

/* Newer than the headers of some machines that this is built on; the same number on every architecture. */
#define NR_IO_URING_SETUP 425
#define NR_IO_URING_ENTER 426
#define NR_IO_URING_REGISTER 427
#define NR_OPEN_TREE 428
#define NR_MOVE_MOUNT 429
#define NR_FSOPEN 430
#define NR_FSCONFIG 431
#define NR_FSMOUNT 432
#define NR_FSPICK 433
#define NR_CLONE3 435
#define NR_MOUNT_SETATTR 442

/* A bit that marks the calls of x32, whose numbers are those of x86_64 otherwise. */
#define X32 0x40000000

#define NAMESPACES (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET)

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
/* The lower half of an argument; both architectures are little-endian. */
#define LOAD_ARGUMENT(n) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[n]))
#define ANSWER(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define UNLESS_EQUAL_SKIP(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))
#define UNLESS_ANY_BIT_SKIP(bits, skip) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, (skip))
#define REFUSE(call, error) UNLESS_EQUAL_SKIP(call, 1), ANSWER(error)
#define ALLOW_IF(value) UNLESS_EQUAL_SKIP(value, 1), ALLOW

static struct sock_filter program[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    ANSWER(ENOSYS),
    LOAD(nr),
#if defined(__x86_64__)
    UNLESS_ANY_BIT_SKIP(X32, 1),
    ANSWER(ENOSYS),
#endif

    /* What other tasks of the same user would share. */
    REFUSE(SYS_add_key, EPERM),
    REFUSE(SYS_request_key, EPERM),
    REFUSE(SYS_keyctl, EPERM),

    /* Namespaces and mounts. */
    REFUSE(SYS_unshare, EPERM),
    REFUSE(SYS_setns, EPERM),
    REFUSE(SYS_mount, EPERM),
    REFUSE(SYS_umount2, EPERM),
    REFUSE(SYS_pivot_root, EPERM),
    REFUSE(NR_OPEN_TREE, EPERM),
    REFUSE(NR_MOVE_MOUNT, EPERM),
    REFUSE(NR_FSOPEN, EPERM),
    REFUSE(NR_FSCONFIG, EPERM),
    REFUSE(NR_FSMOUNT, EPERM),
    REFUSE(NR_FSPICK, EPERM),
    REFUSE(NR_MOUNT_SETATTR, EPERM),
    REFUSE(SYS_open_by_handle_at, EPERM),

    /* Wide doors into the kernel. */
    REFUSE(SYS_bpf, EPERM),
    REFUSE(SYS_perf_event_open, EPERM),
    REFUSE(SYS_userfaultfd, EPERM),
    REFUSE(NR_IO_URING_SETUP, ENOSYS),
    REFUSE(NR_IO_URING_ENTER, ENOSYS),
    REFUSE(NR_IO_URING_REGISTER, ENOSYS),

    /* The machine itself. */
    REFUSE(SYS_init_module, EPERM),
    REFUSE(SYS_finit_module, EPERM),
    REFUSE(SYS_delete_module, EPERM),
    REFUSE(SYS_kexec_load, EPERM),
    REFUSE(SYS_kexec_file_load, EPERM),
    REFUSE(SYS_reboot, EPERM),
    REFUSE(SYS_swapon, EPERM),
    REFUSE(SYS_swapoff, EPERM),
    REFUSE(SYS_acct, EPERM),
    REFUSE(SYS_quotactl, EPERM),
    REFUSE(SYS_syslog, EPERM),
    REFUSE(SYS_settimeofday, EPERM),
    REFUSE(SYS_clock_settime, EPERM),
    REFUSE(SYS_lookup_dcookie, EPERM),
    REFUSE(SYS_nfsservctl, EPERM),
    REFUSE(SYS_vhangup, EPERM),
#if defined(__x86_64__)
    REFUSE(SYS_iopl, EPERM),
    REFUSE(SYS_ioperm, EPERM),
#endif

    /* New processes, but no new namespaces. */
    REFUSE(NR_CLONE3, ENOSYS),
    UNLESS_EQUAL_SKIP(SYS_clone, 4),
    LOAD_ARGUMENT(0),
    UNLESS_ANY_BIT_SKIP(NAMESPACES, 1),
    ANSWER(EPERM),
    ALLOW,

    /* Sockets of the usual kinds: those of virtual machines, for one, belong to no network namespace. */
    UNLESS_EQUAL_SKIP(SYS_socket, 10),
    LOAD_ARGUMENT(0),
    ALLOW_IF(AF_UNIX),
    ALLOW_IF(AF_INET),
    ALLOW_IF(AF_INET6),
    ALLOW_IF(AF_NETLINK),
    ANSWER(EAFNOSUPPORT),
    ALLOW,
};

int filter_system_calls(void) {
  struct sock_fprog filter = {.len = sizeof program / sizeof program[0], .filter = program};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}
