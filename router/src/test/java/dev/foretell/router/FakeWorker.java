package dev.foretell.router;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker on a real socket that does what its script says, down to the byte. Stops, and starts again on its port. */
final class FakeWorker implements AutoCloseable {
    /** What a worker does with one call. A script that closes the connection ends it. */
    @FunctionalInterface
    interface Script {
        void play(Call call) throws IOException;
    }

    /** One request as the worker got it; {@code number} counts the predict calls from 1, {@code in} is what follows. */
    record Call(int number, String line, Map<String, String> headers, byte[] bytes, Socket socket, InputStream in) {
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.readTree(bytes);
        }

        String path() {
            return line.split(" ", 3)[1];
        }

        OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        void answer(int status, String body, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
            head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length());
            for (int i = 0; i < headers.length; i += 2) {
                head.append("\r\n").append(headers[i]).append(": ").append(headers[i + 1]);
            }
            write(head + "\r\n\r\n" + body);
        }

        void write(String text) throws IOException {
            out().write(text.getBytes(StandardCharsets.ISO_8859_1));
            out().flush();
        }

        /** Waits until the router closes the connection. */
        void awaitHangUp() throws IOException {
            InputStream in = socket.getInputStream();
            int read = 0;
            while (read >= 0) {
                read = in.read();
            }
        }
    }

    private final int port;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger hangUps = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile String index = index("predict");
    private volatile Script predicting;
    private volatile Script probing = call -> call.answer(200, index);
    private volatile boolean leavesBodies;
    private volatile @Nullable Call last;
    private volatile @Nullable ServerSocket server;
    private volatile CountDownLatch accepts = new CountDownLatch(0);

    private FakeWorker(Script predicting) throws IOException {
        this.predicting = predicting;
        this.port = listen(0);
    }

    /** A worker with the one function {@code predict}, healthy unless a test changes that. */
    static FakeWorker start(Script predicting) {
        try {
            return new FakeWorker(predicting);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String index(String... functions) {
        return Stream.of(functions).map(name -> """
                "%s":{"path":"/%s"}""".formatted(name, name)).collect(Collectors.joining(",", """
                        {"app":"fake","version":"1","functions":{""", "}}"));
    }

    private int listen(int onPort) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), onPort), 500);
        server = listening;
        CountDownLatch ended = new CountDownLatch(1);
        accepts = ended;
        daemon(() -> accept(listening, ended));
        return listening.getLocalPort();
    }

    private void accept(ServerSocket listening, CountDownLatch ended) {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                if (server != listening) {
                    close(socket); // came in while the worker was being stopped
                }
                daemon(() -> serve(socket));
            }
        } catch (IOException stopped) {
            // the socket was closed: the worker is stopped
        } finally {
            ended.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed() && serveOne(in, socket)) {
                // one request after the other
            }
        } catch (IOException gone) {
            // the router hung up, or the worker was stopped
        } finally {
            open.remove(socket);
        }
    }

    private boolean serveOne(InputStream in, Socket socket) throws IOException {
        String line = readLine(in);
        if (line.isEmpty()) {
            return false;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        boolean reads = line.startsWith("GET / ") || !leavesBodies;
        byte[] body = in.readNBytes(reads ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0);
        if (line.startsWith("GET / ")) {
            probing.play(new Call(probes.incrementAndGet(), line, headers, body, socket, in));
        } else {
            Call call = new Call(calls.incrementAndGet(), line, headers, body, socket, in);
            last = call;
            play(call);
        }
        return true;
    }

    private void play(Call call) throws IOException {
        try {
            predicting.play(call);
        } catch (IOException e) {
            hangUps.incrementAndGet();
            throw e;
        }
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-worker");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return port;
    }

    /** {@code 127.0.0.1-9001-0}. */
    String id() {
        return "127.0.0.1-" + port + "-0";
    }

    /** The worker as the routing map has it, with more fields where given: {@code "weight":3}. */
    String entry(String... more) {
        String rest = Stream.of(more).map(field -> "," + field).collect(Collectors.joining());
        return """
                {"host":"127.0.0.1","port":%s,"local_worker_id":0%s}""".formatted(port, rest);
    }

    /** Predict calls so far. */
    int calls() {
        return calls.get();
    }

    int probes() {
        return probes.get();
    }

    /** Calls whose connection the router closed before they were answered. */
    int hangUps() {
        return hangUps.get();
    }

    /** The latest predict call. */
    Call last() {
        Call call = last;
        if (call == null) {
            throw new AssertionError("the worker got no call");
        }
        return call;
    }

    FakeWorker serves(String... functions) {
        index = index(functions);
        return this;
    }

    FakeWorker says(String atIndex) {
        index = atIndex;
        return this;
    }

    FakeWorker predicts(Script script) {
        predicting = script;
        return this;
    }

    FakeWorker probed(Script script) {
        probing = script;
        return this;
    }

    /** Leaves it to the script to read the bodies of its calls. */
    FakeWorker leavesBodies() {
        leavesBodies = true;
        return this;
    }

    /** Takes probes as at the start. */
    FakeWorker probedWell() {
        probing = call -> call.answer(200, index);
        return this;
    }

    /** Closes all connections it has, and goes on listening. */
    void closeConnections() {
        open.forEach(FakeWorker::close);
    }

    void stop() {
        ServerSocket listening = server;
        server = null;
        if (listening != null) {
            close(listening);
            awaitUnreachable();
        }
        closeConnections();
    }

    /** Java leaves the port open until nobody accepts there any more. */
    private void awaitUnreachable() {
        try {
            if (!accepts.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the worker still accepts");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void startAgain() {
        try {
            listen(port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
