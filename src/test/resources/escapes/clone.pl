# Makes a user namespace by the calls that make processes, which a filter must look into.
use POSIX qw(uname);
my ($clone, $unshare) = (uname())[4] eq "x86_64" ? (56, 272) : (220, 97);
my $child = syscall($clone, 0x10000000 | 17, 0, 0, 0, 0);
if ($child == 0) { print "ESCAPED: clone\n"; POSIX::_exit(0); }
waitpid $child, 0 if $child > 0;
my $arguments = pack("Q11", 0x10000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0);
$child = syscall(435, $arguments, 88);
if ($child == 0) { print "ESCAPED: clone3\n"; POSIX::_exit(0); }
waitpid $child, 0 if $child > 0;
print "ESCAPED: unshare\n" if syscall($unshare, 0x10000000) == 0;
