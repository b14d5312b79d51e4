package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.egress.Relay;
import io.netty.channel.Channel;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ways to a task's containers: for each published port a socket {@code tcp-N} in the task's directory, which the
 * task's first process makes a port of its own, and on Podman the containers' names for each other.
 */
final class Reach {
    private final GatewayEngine engine;
    private final GatewayTask task;
    private final Children children;
    private final Sockets sockets;
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();
    private final Map<Integer, Channel> doors = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Reach(GatewayEngine engine, GatewayTask task, Children children, Sockets sockets) {
        this.engine = engine;
        this.task = task;
        this.children = children;
        this.sockets = sockets;
    }

    /**
     * Where a running container is.
     *
     * @param networks for each of its networks, by real name, its address and its names there
     * @param hostsFile its {@code /etc/hosts} on the engine's machine; empty where that has none of its own
     */
    record Address(Map<String, Named> networks, String hostsFile) {
        Address without(String network) {
            Map<String, Named> others = new LinkedHashMap<>(networks);
            others.remove(network);
            return new Address(others, hostsFile);
        }
    }

    /** An address and the names that lead to it. */
    record Named(String ip, List<String> names) {}

    /** Opens the ways to a container that runs, and follows one that has moved. */
    Uni<Void> open(Child child) {
        return children.inspect(child)
                .chain(found -> {
                    if (!found.path("State").path("Running").asBoolean()) {
                        addresses.remove(child.id());
                        return Uni.createFrom().voidItem();
                    }
                    addresses.put(child.id(), address(found, child));
                    return doors(child);
                })
                .call(() -> engine.podman() ? tellNames() : Uni.createFrom().voidItem())
                // One that ended at once is no longer there to be looked at.
                .onFailure(Refusal.class)
                .recoverWithNull();
    }

    private static Address address(JsonNode found, Child child) {
        Map<String, Named> networks = new LinkedHashMap<>();
        found.path("NetworkSettings").path("Networks").properties().forEach(each -> {
            String ip = each.getValue().path("IPAddress").asText("");
            List<String> names = new ArrayList<>(List.of(child.name()));
            each.getValue().path("Aliases").forEach(alias -> names.add(alias.asText()));
            if (!ip.isEmpty()) {
                networks.put(each.getKey(), new Named(ip, names));
            }
        });
        return new Address(networks, found.path("HostsPath").asText(""));
    }

    private Uni<Void> doors(Child child) {
        return Multi.createFrom()
                .iterable(child.ports().entrySet())
                .filter(port -> !doors.containsKey(port.getValue()))
                .onItem()
                .transformToUniAndConcatenate(port -> door(child, port.getKey(), port.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> door(Child child, String port, int number) {
        int containerPort = Integer.parseInt(port.split("/")[0]);
        return sockets.listen(task.directory().resolve("tcp-" + number), visitor -> lead(visitor, child, containerPort))
                .invoke(door -> {
                    doors.put(number, door);
                    if (closed) {
                        door.close();
                    }
                })
                .replaceWithVoid();
    }

    private void lead(Channel visitor, Child child, int port) {
        Address address = addresses.get(child.id());
        if (address == null || address.networks().isEmpty()) {
            visitor.close();
            return;
        }
        String ip = address.networks().values().iterator().next().ip();
        sockets.connect(visitor, new InetSocketAddress(ip, port))
                .subscribe()
                .with(found -> Relay.join(Relay.of(visitor), Relay.of(found)), failure -> visitor.close());
    }

    /** Opens the ways to all that run. */
    Uni<Void> reopen() {
        return children.all()
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .filter(Child::running)
                .onItem()
                .transformToUniAndConcatenate(this::open)
                .onItem()
                .ignoreAsUni();
    }

    /** Forgets all addresses in a network. */
    void forget(String network) {
        addresses.replaceAll((id, address) -> address.without(network));
    }

    /** Closes the ways to a container that is no more. */
    void close(Child child) {
        addresses.remove(child.id());
        child.ports().values().forEach(number -> {
            Channel door = doors.remove(number);
            if (door != null) {
                door.close();
            }
        });
    }

    void closeAll() {
        closed = true;
        doors.values().forEach(Channel::close);
    }

    /** Which names a new container is to know by itself; empty where the engine answers for names. */
    Map<String, List<String>> peers() {
        Map<String, List<String>> peers = new LinkedHashMap<>();
        if (engine.podman()) {
            addresses.values().forEach(address -> address.networks().forEach((network, named) -> named.names()
                    .forEach(name -> peers.computeIfAbsent(network, none -> new ArrayList<>())
                            .add(name + ":" + named.ip()))));
        }
        return peers;
    }

    private Uni<Void> tellNames() {
        return Uni.createFrom().voidItem().emitOn(engine.worker()).invoke(() -> addresses
                .values()
                .forEach(address -> HostsFile.tell(address, addresses.values())));
    }
}
