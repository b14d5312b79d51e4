package dev.fleetrunner.egress;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Carries one request on, and its answer back, bodies at the pace of their readers. */
final class Exchange {
    private final HttpServerRequest request;
    private final HttpClient client;
    private final Judge judge;
    private final Executor here;
    private boolean gone;
    private HttpClientRequest onward;

    Exchange(HttpServerRequest request, HttpClient client, Judge judge, Executor here) {
        this.request = request;
        this.client = client;
        this.judge = judge;
        this.here = here;
    }

    void begin() {
        request.response().closeHandler(closed -> leave());
        Optional<Destination.Request> wanted = Destination.ofUrl(request.uri());
        if (wanted.isEmpty()) {
            Answers.refuse(request, Refused.malformed());
        } else {
            judge.judge(wanted.get().destination())
                    .emitOn(here)
                    .subscribe()
                    .with(address -> ask(wanted.get(), address), refused -> Answers.refuse(request, (Refused) refused));
        }
    }

    /** The client has left: nobody waits for what is outside. */
    private void leave() {
        gone = true;
        if (onward != null) {
            onward.reset();
        }
    }

    private void ask(Destination.Request wanted, InetAddress address) {
        Destination destination = wanted.destination();
        var options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(destination.port(), address.getHostAddress()))
                .setHost(destination.host())
                .setPort(destination.port())
                .setMethod(request.method())
                .setURI(wanted.target());
        client.request(options)
                .onSuccess(opened -> send(opened, destination))
                .onFailure(failure -> Answers.refuse(request, Refused.unreachable(destination)));
    }

    private void send(HttpClientRequest opened, Destination destination) {
        onward = opened;
        if (gone) {
            opened.reset();
            return;
        }
        Headers.carry(request.headers(), opened.headers());
        opened.response()
                .onSuccess(response -> answer(response, destination))
                .onFailure(failure -> Answers.refuse(request, Refused.brokenOff(destination)));
        if (hasBody()) {
            if (opened.headers().get(HttpHeaders.CONTENT_LENGTH) == null) {
                opened.setChunked(true);
            }
            request.pipeTo(opened).onFailure(broken -> opened.reset());
        } else {
            opened.end();
        }
    }

    private boolean hasBody() {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void answer(HttpClientResponse response, Destination destination) {
        HttpServerResponse back = request.response();
        if (gone) {
            onward.reset();
            return;
        }
        back.setStatusCode(response.statusCode()).setStatusMessage(response.statusMessage());
        Headers.carry(response.headers(), back.headers());
        if (!back.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            back.setChunked(true);
        }
        response.pipeTo(back).onFailure(broken -> request.connection().close());
    }
}
