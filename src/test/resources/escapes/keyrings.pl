# Leaves a key in the ring of its user, which tasks of other owners have, too.
use POSIX qw(uname);
my ($add, $control) = (uname())[4] eq "x86_64" ? (248, 250) : (217, 219);
my ($type, $name, $value) = ("user", "left-behind", "secret");
print "ESCAPED: a key is left\n" if syscall($add, $type, $name, $value, 6, -4) != -1;
print "ESCAPED: the ring is known\n" if syscall($control, 0, -4, 0) != -1;
