package dev.fleetrunner.egress;

import io.netty.util.NetUtil;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Finds the address that a destination may be reached at: the one that was judged is the one to connect to. */
final class Judge {
    private static final Duration RESOLUTION = Duration.ofSeconds(15);

    private final Rules rules;
    private final Addresses addresses;
    private final Resolver resolver;
    private final Consumer<Denied> denied;

    Judge(Rules rules, Addresses addresses, Resolver resolver, Consumer<Denied> denied) {
        this.rules = rules;
        this.addresses = addresses;
        this.resolver = resolver;
        this.denied = denied;
    }

    /** The address; fails with {@link Refused} if there is none, or none that is allowed. */
    Uni<InetAddress> judge(Destination destination) {
        if (!rules.allow(destination)) {
            denied.accept(new Denied(destination.rule(), Denied.Reason.NOT_ALLOWED));
            return Uni.createFrom().failure(Refused.notAllowed(destination));
        }
        return addressesOf(destination)
                .ifNoItem()
                .after(RESOLUTION)
                .fail()
                .onFailure()
                .transform(failure -> Refused.unknown(destination))
                .map(found ->
                        found.stream().filter(addresses::allow).findFirst().orElseThrow(() -> isPrivate(destination)));
    }

    private Refused isPrivate(Destination destination) {
        denied.accept(new Denied(destination.rule(), Denied.Reason.PRIVATE_ADDRESS));
        return Refused.privateAddress(destination);
    }

    private Uni<List<InetAddress>> addressesOf(Destination destination) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(destination.host());
        return literal == null
                ? resolver.resolve(destination.host())
                : Uni.createFrom().item(() -> literal(literal));
    }

    private static List<InetAddress> literal(byte[] address) {
        try {
            return List.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
