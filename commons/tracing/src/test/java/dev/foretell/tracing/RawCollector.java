package dev.foretell.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What listens where a collector should, and answers each request with the same bytes. */
final class RawCollector implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] response;
    private final boolean closes;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    private RawCollector(ServerSocket server, byte[] response, boolean closes) {
        this.server = server;
        this.response = response;
        this.closes = closes;
    }

    /** @param closes whether it closes its half of the connection behind the response */
    static RawCollector answering(String response, boolean closes) {
        try {
            RawCollector collector = new RawCollector(
                    new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    response.getBytes(StandardCharsets.ISO_8859_1),
                    closes);
            start(collector::accept);
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-collector");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = server.accept();
                open.add(caller);
                start(() -> answer(caller));
            }
        } catch (IOException e) {
            // it is closed
        }
    }

    /** Until the caller closes its end. */
    private void answer(Socket caller) {
        try (caller) {
            boolean isFirst = true;
            while (caller.getInputStream().read(new byte[8192]) > 0) {
                if (isFirst) {
                    isFirst = false;
                    requests.incrementAndGet();
                    caller.getOutputStream().write(response);
                    if (closes) {
                        caller.shutdownOutput();
                    }
                }
            }
        } catch (IOException e) {
            // the caller has reset the connection
        } finally {
            open.remove(caller);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    /** The connections that their callers have not closed. */
    int open() {
        return open.size();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
