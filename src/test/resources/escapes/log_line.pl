# Writes a line of 64 MiB, NULs, and every byte there is.
print "x" x (64 << 20), "\0" x 4096, map { chr } 0 .. 255;
