# Opens sockets that see other machines' packets, or that reach the host past its network.
use Socket;
my %kinds = ("raw" => [2, 3, 1], "packet" => [17, 3, 768], "raw6" => [10, 3, 58]);
for my $kind (sort keys %kinds) {
    print "ESCAPED: $kind\n" if socket(my $socket, @{ $kinds{$kind} });
}
# Sockets of virtual machines belong to no network namespace: the host's context is 2.
if (socket(my $vsock, 40, 1, 0)) {
    for my $port (1, 22, 1024, 2375, 9999) {
        print "ESCAPED: vsock $port\n" if connect($vsock, pack("S x2 L L x4", 40, $port, 2));
    }
}
# Names without a file belong to the network namespace.
open my $unix, '<', '/proc/net/unix'; my @abstract = grep { /@/ } <$unix>;
print "ESCAPED: @abstract" if @abstract;
