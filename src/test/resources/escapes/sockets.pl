# Opens sockets that see other machines' packets, or that reach the machine, or its kernel's cryptography, past any network namespace.
use Socket;
my %kinds = ("raw" => [2, 3, 1], "packet" => [17, 3, 768], "raw6" => [10, 3, 58], "vsock" => [40, 1, 0], "alg" => [38, 5, 0]);
for my $kind (sort keys %kinds) {
    my ($family, $type, $protocol) = @{ $kinds{$kind} };
    print "ESCAPED: $kind\n" if socket(my $socket, $family, $type, $protocol);
}
# Names without a file belong to the network namespace.
open my $unix, '<', '/proc/net/unix'; my @abstract = grep { /@/ } <$unix>;
print "ESCAPED: @abstract" if @abstract;
