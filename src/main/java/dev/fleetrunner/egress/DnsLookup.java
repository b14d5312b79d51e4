package dev.fleetrunner.egress;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks the machine's name servers, after its hosts file and one of the operator's own. On a thread of its own, as the
 * service's Vert.x may have been told to ask the JVM, which blocks.
 */
public final class DnsLookup implements Lookup, AutoCloseable {
    private static final int LONGEST_TTL_SEC = 60;
    private static final long QUERY_MILLIS = 5_000;

    private final NioEventLoopGroup thread = new NioEventLoopGroup(1, new DefaultThreadFactory("fleet-dns", true));
    private final DnsNameResolver servers;
    private final Optional<HostsFileEntriesProvider> hosts;

    /**
     * @param hostsFile addresses for names, in the format of {@code /etc/hosts}; what it names is asked for nowhere else
     * @throws UncheckedIOException if it cannot be read
     */
    public DnsLookup(Optional<Path> hostsFile) {
        hosts = hostsFile.map(DnsLookup::read);
        servers = new DnsNameResolverBuilder(thread.next())
                .datagramChannelType(NioDatagramChannel.class)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .queryTimeoutMillis(QUERY_MILLIS)
                .ttl(0, LONGEST_TTL_SEC)
                // The names are whole: what a search list would make of them nobody has allowed.
                .searchDomains(List.of())
                .ndots(0)
                .build();
    }

    private static HostsFileEntriesProvider read(Path file) {
        try {
            return HostsFileEntriesProvider.parser().parse(file.toFile(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("fleet.egress.hosts-file " + file + " cannot be read", e);
        }
    }

    @Override
    public Future<List<InetAddress>> addresses(String name) {
        List<InetAddress> known = known(name.toLowerCase(Locale.ROOT));
        if (!known.isEmpty()) {
            return Future.succeededFuture(known);
        }
        Promise<List<InetAddress>> found = Promise.promise();
        servers.resolveAll(name).addListener((io.netty.util.concurrent.Future<List<InetAddress>> answer) -> {
            if (answer.isSuccess()) {
                found.complete(answer.getNow());
            } else {
                found.fail(answer.cause());
            }
        });
        return found.future();
    }

    private List<InetAddress> known(String name) {
        List<InetAddress> known = new ArrayList<>();
        hosts.ifPresent(file -> {
            known.addAll(file.ipv4Entries().getOrDefault(name, List.of()));
            known.addAll(file.ipv6Entries().getOrDefault(name, List.of()));
        });
        return known;
    }

    @Override
    public void close() {
        servers.close();
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
