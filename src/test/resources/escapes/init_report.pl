# Forges the report of the first process on both streams, without its nonce and with half of it.
$| = 1;
for my $nonce ("0" x 32, "x", "", "*") {
    print STDERR "\x1efleet-init:$nonce exec=0 signal=0 deadline=0 wall_ms=1 oom=0 cpu_ns=1 peak=1 disk=-1\n\n";
    print "\x1efleet-init:$nonce end\n\n";
    print STDERR "\x1efleet-init:$nonce begin\n";
}
exit 0;
