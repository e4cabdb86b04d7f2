package dev.foretell.router;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A client that sends exactly the bytes it is given. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    /** One that takes little before it reads. */
    static RawClient narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        return new RawClient(socket);
    }

    /** How long it waits for a byte. */
    RawClient patience(Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
        return this;
    }

    RawClient say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends this many bytes of nothing; chunked where asked for. */
    RawClient pour(long bytes, boolean chunked) throws IOException {
        byte[] block = new byte[0x10000];
        Arrays.fill(block, (byte) ' ');
        for (long sent = 0; sent < bytes; sent += block.length) {
            if (chunked) {
                say("10000\r\n");
            }
            socket.getOutputStream().write(block);
            if (chunked) {
                say("\r\n");
            }
        }
        return this;
    }

    /** Says this again and again, with pauses, until nobody listens any more. */
    void trickle(String text) {
        try {
            while (true) {
                say(text);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (IOException closed) {
            // that was it
        }
    }

    /** Says this as often as anybody takes it, and reads nothing; completes when nobody takes it any more. */
    CompletableFuture<Void> sayUntilClosed(String text) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                while (true) {
                    say(text);
                }
            } catch (IOException e) {
                closed.complete(null);
            }
        });
        sender.setDaemon(true);
        sender.start();
        return closed;
    }

    /** Says that nothing more will come. */
    RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Everything up to the end of the connection. */
    String readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the other side has closed it; to be asked while no answer is to come. */
    boolean isClosed() {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    /** Reads, and forgets, this many bytes. */
    RawClient skip(long bytes) throws IOException {
        socket.getInputStream().skipNBytes(bytes);
        return this;
    }

    /** So many bytes. */
    String read(int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Everything up to and including this text. */
    String readUntil(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) b);
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
