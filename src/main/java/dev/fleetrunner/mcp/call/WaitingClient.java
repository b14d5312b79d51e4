package dev.fleetrunner.mcp.call;

import io.quarkiverse.mcp.server.Cancellation.OperationCancellationException;
import io.quarkiverse.mcp.server.McpLog.LogLevel;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The client behind one request over HTTP. */
final class WaitingClient implements Client {
    private final ToolArguments request;
    private final String address;
    private final HttpServerResponse response;

    WaitingClient(ToolArguments request, RoutingContext exchange) {
        this.request = request;
        this.address = exchange.request().scheme() + "://" + exchange.request().authority();
        this.response = exchange.response();
    }

    @Override
    public String address() {
        return address;
    }

    /** Of the transport with two connections the one that the request came on has been answered long since. */
    @Override
    public boolean gone() {
        boolean closed = !response.ended() && response.closed();
        return closed || request.cancellation().check().isRequested();
    }

    /** Whether a failure is this client's own going away, which nobody is answered for. */
    boolean isEnd(Throwable failure) {
        return failure instanceof OperationCancellationException;
    }

    @Override
    public void progress(double value, Double total, String message) {
        if (request.progress().token().isPresent() && !gone()) {
            var notification =
                    request.progress().notificationBuilder().setProgress(value).setMessage(message);
            if (total != null) {
                notification.setTotal(total);
            }
            notification.build().sendAndForget();
        }
    }

    @Override
    public void log(Map<String, Object> line) {
        if (!gone()) {
            request.log().send(LogLevel.INFO, line);
        }
    }
}
