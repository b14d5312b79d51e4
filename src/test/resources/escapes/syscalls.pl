# Calls that rule the machine, or that have led out of containers.
use POSIX qw(uname);
my %numbers = (
    x86_64 => {
        mount => 165, umount2 => 166, pivot_root => 155, unshare => 272, setns => 308, open_by_handle_at => 304,
        init_module => 175, finit_module => 313, delete_module => 176, kexec_load => 246, reboot => 169, swapon => 167,
        swapoff => 168, settimeofday => 164, clock_settime => 227, acct => 163, sethostname => 170, bpf => 321,
        perf_event_open => 298, userfaultfd => 323, keyctl => 250, add_key => 248, request_key => 249, syslog => 103,
        chroot => 161, ptrace => 101, quotactl => 179, move_pages => 279, fanotify_init => 300,
        lookup_dcookie => 212, nfsservctl => 180, vhangup => 153, io_uring_setup => 425, iopl => 172, ioperm => 173,
    },
    aarch64 => {
        mount => 40, umount2 => 39, pivot_root => 41, unshare => 97, setns => 268, open_by_handle_at => 265,
        init_module => 105, finit_module => 273, delete_module => 106, kexec_load => 104, reboot => 142, swapon => 224,
        swapoff => 225, settimeofday => 170, clock_settime => 112, acct => 89, sethostname => 161, bpf => 280,
        perf_event_open => 241, userfaultfd => 282, keyctl => 219, add_key => 217, request_key => 218, syslog => 116,
        chroot => 51, ptrace => 117, quotactl => 60, move_pages => 239, fanotify_init => 262,
        lookup_dcookie => 18, nfsservctl => 42, vhangup => 58, io_uring_setup => 425,
    },
);
my $call = $numbers{(uname())[4]} or die "no numbers for this architecture";
my $buffer = "\0" x 4096;
my %arguments = (
    unshare => [0x10000000], setns => [0, 0], ptrace => [16, 1, 0, 0], chroot => ["/tmp"], syslog => [5, 0, 0],
    reboot => [0xfee1dead, 672274793, 0x89abcdef, 0], clock_settime => [0, $buffer], sethostname => ["pwned", 5],
    keyctl => [0, -3, 1], add_key => ["user", "k", "v", 1, -2], request_key => ["user", "k", 0, -2],
    bpf => [0, $buffer, 72], perf_event_open => [$buffer, 1, -1, -1, 0], userfaultfd => [0],
    iopl => [3], ioperm => [0x70, 2, 1],
    io_uring_setup => [8, $buffer], mount => ["none", "/tmp", "tmpfs", 0, 0], umount2 => ["/tmp", 2], move_pages => [1, 0, 0, 0, 0, 0],
    fanotify_init => [0, 0], acct => ["/tmp/acct"], swapon => ["/tmp/swap", 0], open_by_handle_at => [0, $buffer, 0],
);
for my $name (sort keys %$call) {
    my @arguments = @{ $arguments{$name} // [0, 0, 0, 0] };
    my $result = syscall($call->{$name}, @arguments);
    print "ESCAPED: $name gave $result\n" if $result != -1;
}
