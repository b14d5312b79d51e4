# Calls whatever listens on the loopback of the machine: the service itself, engines, databases.
use IO::Socket::INET;
for my $port (22, 80, 443, 2375, 2376, 5432, 6379, 8080, 8081, 18080, 9000, 10250) {
    for my $host ("127.0.0.1", "localhost") {
        print "ESCAPED: $host:$port\n" if IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Timeout => 1);
    }
}
