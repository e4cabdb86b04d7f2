package dev.foretell.worker.onnx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foretell.commons.wire.Hosting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives away model files as a router does, and counts. */
public final class BlobServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger fetched = new AtomicInteger();
    private volatile Runnable before = () -> {};

    public BlobServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(Hosting.BLOBS, this::give);
        server.setExecutor(threads);
        server.start();
    }

    private void give(HttpExchange exchange) throws IOException {
        byte[] file = files.get(exchange.getRequestURI().getPath().substring(Hosting.BLOBS.length()));
        before.run();
        fetched.incrementAndGet();
        exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
        if (file != null) {
            exchange.getResponseBody().write(file);
        }
        exchange.close();
    }

    /** Its digest. */
    public String add(byte[] file) {
        String digest = digest(file);
        files.put(digest, file);
        return digest;
    }

    /** A file under a digest that is not its own. */
    public void addAs(String digest, byte[] file) {
        files.put(digest, file);
    }

    /** Done before each file is given. */
    public void before(Runnable action) {
        before = action;
    }

    public int fetched() {
        return fetched.get();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public static String digest(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
