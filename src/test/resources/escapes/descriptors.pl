# Opens files without end.
my @files;
for (1 .. 2_000_000) { open my $file, '<', '/dev/null' or last; push @files, $file; }
print "ESCAPED: " . @files . " files\n" if @files > 70_000;
