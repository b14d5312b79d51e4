package dev.fleetrunner.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Leads connections to a port of this machine, and can be cut. */
final class Wire implements AutoCloseable {
    private final int target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean isCut;

    Wire(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 0, InetAddress.getByName("localhost"));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Breaks all connections, and those that come until it is mended. */
    void cut() throws IOException {
        isCut = true;
        for (Socket socket : open) {
            socket.close();
        }
    }

    void mend() {
        isCut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (isCut) {
                    near.close();
                } else {
                    lead(near, new Socket("localhost", target));
                }
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void lead(Socket near, Socket far) {
        open.add(near);
        open.add(far);
        threads.execute(() -> copy(near, far));
        threads.execute(() -> copy(far, near));
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            open.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }
}
