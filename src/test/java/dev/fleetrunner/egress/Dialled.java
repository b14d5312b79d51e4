package dev.fleetrunner.egress;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection to a proxy's socket, byte by byte as a task would have it. */
final class Dialled implements Closeable {
    private final SocketChannel channel;

    Dialled(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    Dialled say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Dialled say(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        return this;
    }

    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Up to so many bytes; -1 at the end. A connection that was reset has ended, too. */
    int read(ByteBuffer into) {
        try {
            return channel.read(into);
        } catch (IOException reset) {
            return -1;
        }
    }

    /** Whatever comes until the text does, or the end. */
    String until(String text) {
        var heard = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (heard.indexOf(text) < 0 && read(one) > 0) {
            heard.append((char) (one.get(0) & 0xff));
            one.clear();
        }
        return heard.toString();
    }

    /** All that comes until the end. */
    String rest() {
        var heard = new StringBuilder();
        var some = ByteBuffer.allocate(64 << 10);
        while (read(some) > 0) {
            heard.append(StandardCharsets.ISO_8859_1.decode(some.flip()));
            some.clear();
        }
        return heard.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
