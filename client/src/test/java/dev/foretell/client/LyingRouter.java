package dev.foretell.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What listens where a router should: it answers each request with the same bytes, once or without an end. */
final class LyingRouter implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] head;
    private final byte[] rest;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    /** @param rest what it repeats behind the head until the caller leaves; if it is empty, it closes the connection */
    LyingRouter(String head, String rest) {
        this.head = head.getBytes(StandardCharsets.UTF_8);
        this.rest = rest.getBytes(StandardCharsets.UTF_8);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "lying-router");
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

    private void answer(Socket caller) {
        try (caller) {
            if (caller.getInputStream().read(new byte[65536]) > 0) {
                requests.incrementAndGet();
                OutputStream out = caller.getOutputStream();
                out.write(head);
                while (rest.length > 0) {
                    out.write(rest);
                }
            }
        } catch (IOException e) {
            // the caller has left
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

    /** The connections that are not closed yet. */
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
