package dev.fleetrunner.runtime.engine.gateway;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Whether containers of tasks are kept from the engine's machine: set up, then tried by a container that knocks at a
 * listener of ours on every address that the machine has in its network. What is not kept is refused, unless the operator
 * has said that it may be so.
 */
public final class Isolation {
    private static final Logger LOG = Logger.getLogger(Isolation.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    /** What {@code fleet-init --reach} ends with when nobody answered. */
    private static final int NOBODY = 0;

    private final GatewayEngine engine;
    private final Firewall firewall;
    private volatile boolean tried;

    public Isolation(GatewayEngine engine) {
        this.engine = engine;
        this.firewall = new Firewall(engine.worker());
    }

    /**
     * What knocks.
     *
     * @param image any that is there
     * @param initVolume the volume with our first process
     * @param directory where it is mounted
     * @param program the first process, in that directory
     */
    public record Knocker(String image, String initVolume, String directory, String program) {}

    /**
     * Completes where containers do not reach the machine. Fails with {@code NOT_SUPPORTED} and the reason where they do, or
     * where nobody can tell. The rules are looked after each time, the trial is made once.
     */
    public Uni<Void> ensure(Knocker knocker) {
        return firewall.ensure()
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(failure -> unsafe("the firewall's rules cannot be set (" + failure.getMessage() + ")"))
                .chain(() ->
                        tried ? Uni.createFrom().voidItem() : trial(knocker).invoke(() -> tried = true));
    }

    private static RuntimeFailure unsafe(String reason) {
        return new RuntimeFailure(
                CauseCode.NOT_SUPPORTED,
                "engine is not safe here: containers of tasks cannot be kept from the engine's machine: " + reason
                        + "; let the runner set rules (root, on the engine's machine), or accept it with"
                        + " fleet.engine.children-reach-host=accept");
    }

    /** A network and a container of ours, and a listener on the machine; all of it goes again. */
    private Uni<Void> trial(Knocker knocker) {
        String mark = HexFormat.of().toHexDigits(RANDOM.nextInt());
        String name = "fleetrunner-trial-" + mark;
        String bridge = Firewall.BRIDGE_PREFIX + mark;
        // Labelled as if a task had made it, so that a sweep finds what a crash leaves.
        Map<String, String> labels = new Marks(engine.instance(), "trial-" + mark).labels(Json.object());
        return makeNetwork(name, bridge, labels)
                .chain(() -> create(name, knocker, labels, List.of("--reach")))
                .chain(id -> call("POST", "/containers/" + id + "/start", null).replaceWith(id))
                .chain(id -> listen(bridge).chain(ear -> knock(name, knocker, labels, ear)
                        .eventually(() -> close(ear.socket()))
                        .eventually(() -> remove("/containers/" + id + "?force=1&v=1"))))
                .eventually(() -> remove("/networks/" + name))
                .onFailure(Refusal.class)
                .transform(failure -> unsafe("it cannot be tried (" + failure.getMessage() + ")"));
    }

    private Uni<EngineReply> makeNetwork(String name, String bridge, Map<String, String> labels) {
        return (engine.podman()
                        ? engine.calls()
                                .call("POST", "/v4.0.0/libpod/networks/create", Networks.podman(name, bridge, labels))
                        : call("POST", "/networks/create", Networks.docker(name, bridge, labels)))
                .map(EngineReply::orRefuse);
    }

    private Uni<String> create(String network, Knocker knocker, Map<String, String> labels, List<String> arguments) {
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("NetworkMode", network);
        host.put("CapDrop", List.of("ALL"));
        host.put("SecurityOpt", List.of("no-new-privileges"));
        host.put("ReadonlyRootfs", true);
        host.put("Ulimits", engine.ulimits());
        host.put("LogConfig", engine.logConfig());
        host.put(
                "Mounts",
                List.of(Map.of(
                        "Type",
                        "volume",
                        "Source",
                        knocker.initVolume(),
                        "Target",
                        knocker.directory(),
                        "ReadOnly",
                        true)));
        return call(
                        "POST",
                        "/containers/create",
                        Map.of(
                                "Image",
                                knocker.image(),
                                "Entrypoint",
                                List.of(knocker.program()),
                                "Cmd",
                                arguments,
                                "User",
                                "65534:65534",
                                "Labels",
                                labels,
                                "HostConfig",
                                host))
                .map(reply -> reply.json().path("Id").asText());
    }

    /** A listener at all addresses, and those that the machine has on the bridge. */
    private record Ear(ServerSocket socket, List<String> addresses) {}

    private Uni<Ear> listen(String bridge) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        NetworkInterface there = NetworkInterface.getByName(bridge);
                        if (there == null) {
                            throw new Refusal(
                                    500, "the runner is not on the engine's machine: it does not see " + bridge);
                        }
                        var socket = new ServerSocket();
                        socket.bind(new InetSocketAddress((InetAddress) null, 0));
                        List<String> addresses = new ArrayList<>();
                        for (InetAddress address : Collections.list(there.getInetAddresses())) {
                            String text = address.getHostAddress();
                            addresses.add(address instanceof Inet6Address ? text.replaceFirst("%.*", "") : text);
                        }
                        return new Ear(socket, addresses);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .runSubscriptionOn(engine.worker());
    }

    private Uni<Void> knock(String network, Knocker knocker, Map<String, String> labels, Ear ear) {
        List<String> arguments = new ArrayList<>(List.of("--reach"));
        ear.addresses().forEach(address -> {
            arguments.add(address);
            arguments.add(Integer.toString(ear.socket().getLocalPort()));
        });
        return create(network, knocker, labels, arguments)
                .chain(id -> call("POST", "/containers/" + id + "/start", null)
                        .chain(() -> call("POST", "/containers/" + id + "/wait", null))
                        .map(reply -> reply.json().path("StatusCode").asInt(-1))
                        .eventually(() -> remove("/containers/" + id + "?force=1&v=1")))
                .invoke(code -> {
                    if (ear.addresses().stream().noneMatch(address -> address.contains("."))) {
                        throw new Refusal(500, "the engine gave the machine no address in " + network);
                    }
                    if (code != NOBODY) {
                        throw unsafe(
                                "a container reached the machine at one of " + ear.addresses() + " (" + code + ")");
                    }
                    LOG.infof("containers of tasks do not reach this machine at %s", ear.addresses());
                })
                .replaceWithVoid();
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a listener cannot be closed", e);
        }
    }

    private Uni<EngineReply> call(String method, String what, Object json) {
        return engine.calls().call(method, engine.api() + what, json).map(EngineReply::orRefuse);
    }

    private Uni<EngineReply> remove(String what) {
        return engine.calls().call("DELETE", engine.api() + what, null);
    }
}
