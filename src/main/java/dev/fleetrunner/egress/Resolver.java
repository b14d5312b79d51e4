package dev.fleetrunner.egress;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of names. */
@FunctionalInterface
public interface Resolver {
    /** The addresses of a name, at least one; fails if there are none. Does not block. */
    Uni<List<InetAddress>> resolve(String name);
}
