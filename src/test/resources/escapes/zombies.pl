# spec: {"resources": {"pids": 128}}
# Leaves children that nobody waits for; their parents end, so the first process has to.
for (1 .. 300) {
    my $child = fork // die "ESCAPED: the dead fill the table of processes\n";
    if (!$child) { exit 0 if fork; select undef, undef, undef, 0.01; exit 0; }
    waitpid $child, 0;
}
