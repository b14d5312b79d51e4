package dev.fleetrunner.egress;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a name, without blocking. */
public interface Lookup {
    /** At least one address, in the order in which they should be tried; fails if there is none. On any thread. */
    Future<List<InetAddress>> addresses(String name);
}
