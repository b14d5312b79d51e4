package dev.fleetrunner.egress;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;

/**
 * The clients by which all proxies connect. They are given addresses, never names, and keep no connection for another
 * request: the next may be another task's.
 */
record Outside(HttpClient http, NetClient tcp) {
    private static final int MOST_AT_ONE_ADDRESS = 4096;

    static Outside of(Vertx vertx, Limits limits) {
        int connect = (int) limits.connect().toMillis();
        int idle = (int) limits.idle().toSeconds();
        var http = new HttpClientOptions()
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxInitialLineLength(limits.headerBytes())
                .setMaxRedirects(0);
        http.setConnectTimeout(connect).setIdleTimeout(idle);
        var tcp = new NetClientOptions();
        tcp.setConnectTimeout(connect).setIdleTimeout(idle);
        return new Outside(
                vertx.createHttpClient(http, new PoolOptions().setHttp1MaxSize(MOST_AT_ONE_ADDRESS)),
                vertx.createNetClient(tcp));
    }

    void close() {
        http.close();
        tcp.close();
    }
}
