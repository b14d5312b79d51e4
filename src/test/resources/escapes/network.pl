# Calls the machine, its neighbours, the metadata of clouds, and names of the outside.
use IO::Socket::INET; use Socket;
my @addresses = qw(169.254.169.254:80 100.100.100.200:80 10.88.0.1:53 172.17.0.1:2375 172.17.0.1:22 192.168.0.1:80
    8.8.8.8:53 1.1.1.1:443 10.0.2.2:22 10.96.0.1:443);
for my $address (@addresses) {
    my $socket = IO::Socket::INET->new(PeerAddr => $address, Timeout => 2);
    print "ESCAPED: $address\n" if $socket;
}
print "ESCAPED: a name is known\n" if gethostbyname("example.org");
open my $links, '<', '/proc/net/dev'; my @links = grep { /:/ && !/^\s*lo:/ } <$links>;
print "ESCAPED: links @links" if @links;
open my $routes, '<', '/proc/net/route'; my @routes = <$routes>;
print "ESCAPED: routes @routes" if @routes > 1;
