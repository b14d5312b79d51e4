package dev.fleetrunner.egress;

import io.netty.channel.Channel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** The proxy of one task, at a unix socket. */
final class TaskProxy {
    private static final Logger LOG = Logger.getLogger(TaskProxy.class);
    private static final String HTTP = "http://";

    private final Vertx vertx;
    private final Limits limits;
    private final Route route;
    private final Denials denials;
    private final Executor worker;
    private final LongAdder deniedRequests;
    private final Forward forward;
    private final Tunnel tunnel;
    private final HttpServer server;
    private final DefaultChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /** @param deniedRequests counts those of all tasks */
    TaskProxy(
            Vertx vertx,
            Limits limits,
            Route route,
            Denials denials,
            Outside outside,
            Executor worker,
            LongAdder deniedRequests) {
        this.vertx = vertx;
        this.limits = limits;
        this.route = route;
        this.denials = denials;
        this.worker = worker;
        this.deniedRequests = deniedRequests;
        this.forward = new Forward(outside.http());
        this.tunnel = new Tunnel(outside.tcp());
        var options = new HttpServerOptions()
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxInitialLineLength(limits.headerBytes())
                .setIdleTimeout((int) limits.idle().toSeconds())
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false);
        this.server = vertx.createHttpServer(options)
                .connectionHandler(this::admit)
                .exceptionHandler(broken -> LOG.debugf("a connection broke: %s", broken.getMessage()))
                .requestHandler(this::serve);
    }

    Future<Void> listen(String path) {
        return server.listen(SocketAddress.domainSocketAddress(path)).mapEmpty();
    }

    Denials denials() {
        return denials;
    }

    /** How many connections there are. */
    int connections() {
        return connections.size();
    }

    /** Ends everything that goes through it. */
    Future<Void> close() {
        return server.close().onComplete(closed -> connections.close());
    }

    private void admit(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channelHandlerContext().channel();
        if (connections.size() >= limits.connections()) {
            channel.close();
            return;
        }
        connections.add(channel);
        HeadLimit.on(channel, limits.head());
        Early.on(channel);
    }

    private void serve(HttpServerRequest request) {
        HeadLimit.met(request);
        request.pause();
        try {
            boolean newest = request.version() == HttpVersion.HTTP_1_1;
            Headers.check(request.headers(), newest);
            if (request.method().equals(HttpMethod.CONNECT)) {
                Target target = Target.of(request.uri(), 0);
                go(request, target, route.to(target, here()).compose(to -> tunnel.open(request, target, to)));
            } else {
                plain(request);
            }
        } catch (Target.Unclear unclear) {
            Answers.say(request, Answers.UNCLEAR, unclear.getMessage());
        }
    }

    private void plain(HttpServerRequest request) {
        String uri = request.uri();
        if (!uri.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
            throw new Target.Unclear("this is a proxy: it takes http:// addresses, and CONNECT for all others");
        }
        if (uri.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '#' || c == '\\')) {
            throw new Target.Unclear("the address has characters that must be percent-encoded");
        }
        String rest = uri.substring(HTTP.length());
        int end = rest.split("[/?]", 2)[0].length();
        String path = rest.substring(end);
        Target target = Target.of(rest.substring(0, end), 80);
        go(
                request,
                target,
                route.to(target, here())
                        .compose(to -> forward.send(request, target, path.startsWith("/") ? path : "/" + path, to)));
    }

    private Context here() {
        return vertx.getOrCreateContext();
    }

    private void go(HttpServerRequest request, Target target, Future<Void> going) {
        going.onFailure(failure -> {
            if (failure instanceof Route.Closed closed) {
                deny(request, closed.denial());
            } else if (failure instanceof Route.Unknown unknown) {
                Answers.say(request, Answers.UNREACHABLE, unknown.getMessage());
            } else {
                Answers.say(
                        request,
                        Answers.UNREACHABLE,
                        target.host() + ":" + target.port() + " cannot be reached: " + failure.getMessage());
            }
        });
    }

    /** It is written down before it is told, so that a result that comes next has it whatever happens. */
    private void deny(HttpServerRequest request, Denial denial) {
        deniedRequests.increment();
        Context context = here();
        Runnable say = () -> Answers.say(request, Answers.DENIED, denial.words());
        if (denials.has(denial)) {
            say.run();
            return;
        }
        CompletableFuture.runAsync(() -> denials.add(denial), worker).whenComplete((written, failure) -> {
            if (failure != null) {
                LOG.warnf("what a task was denied cannot be written down: %s", failure.getMessage());
            }
            context.runOnContext(back -> say.run());
        });
    }
}
