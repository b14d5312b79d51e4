# Takes over another process of the container that is not its child.
use POSIX qw(uname);
my $ptrace = (uname())[4] eq "x86_64" ? 101 : 117;
print "ESCAPED: attached to the first process\n" if syscall($ptrace, 16, 1, 0, 0) == 0;
print "ESCAPED: seized the first process\n" if syscall($ptrace, 0x4206, 1, 0, 0) == 0;
