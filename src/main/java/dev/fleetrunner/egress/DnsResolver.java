package dev.fleetrunner.egress;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks the machine's name servers, without blocking, and looks into a file of hosts before. */
public final class DnsResolver implements Resolver, AutoCloseable {
    private static final int QUERY_MILLIS = 5_000;
    private static final int QUERIES = 16;
    private static final int LONGEST_TTL_SEC = 60;

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("fleet-resolver", true));
    private final DnsNameResolver resolver;

    /**
     * @param hosts a file like {@code /etc/hosts}, read once; null for the machine's
     */
    public DnsResolver(Path hosts) {
        this.resolver = new DnsNameResolverBuilder(loop.next())
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .queryTimeoutMillis(QUERY_MILLIS)
                .maxQueriesPerResolve(QUERIES)
                .ttl(0, LONGEST_TTL_SEC)
                .hostsFileEntriesResolver(hosts == null ? HostsFileEntriesResolver.DEFAULT : entriesOf(hosts))
                .build();
    }

    private static HostsFileEntriesResolver entriesOf(Path file) {
        try {
            HostsFileEntriesProvider entries = HostsFileEntriesProvider.parser().parse(file.toFile());
            return (name, types) -> {
                String key = name.toLowerCase(Locale.ROOT);
                List<InetAddress> found = entries.ipv4Entries()
                        .getOrDefault(key, entries.ipv6Entries().get(key));
                return found == null ? null : found.get(0);
            };
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the file of hosts " + file + " cannot be read", unreadable);
        }
    }

    @Override
    public Uni<List<InetAddress>> resolve(String name) {
        return Uni.createFrom().emitter(emitter -> {
            Future<List<InetAddress>> answer = resolver.resolveAll(name);
            emitter.onTermination(() -> answer.cancel(false));
            answer.addListener(done -> {
                if (answer.isSuccess()) {
                    emitter.complete(answer.getNow());
                } else {
                    emitter.fail(answer.cause());
                }
            });
        });
    }

    @Override
    public void close() {
        resolver.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
