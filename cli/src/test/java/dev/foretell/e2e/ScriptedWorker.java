package dev.foretell.e2e;

import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@link Echo} on a bare socket that can be told to do worse, and that knows which calls it saw. */
final class ScriptedWorker implements AutoCloseable {
    private static final String INDEX = """
            {"app": "scripted", "version": "1", "functions": {"predict": {"path": "/predict"}}}""";

    private final boolean echoes;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger played = new AtomicInteger();
    private volatile Script script = Call::answer;

    /** What is done with a call. A script that closes the connection ends it. */
    @FunctionalInterface
    interface Script {
        void play(Call call) throws IOException;
    }

    /** A call as the worker got it, the {@code number}th since it started. */
    record Call(int number, int n, String echo, Socket socket) {
        void answer() throws IOException {
            answer(200, Integer.toString(n));
        }

        void answer(int status, String body) throws IOException {
            write("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n" + echo + "Content-Length: "
                    + body.length() + "\r\n\r\n" + body);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void close() throws IOException {
            socket.close();
        }

        /** Closes with RST. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private ScriptedWorker(boolean echoes) {
        this.echoes = echoes;
        try {
            server = new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** One that answers as HTTP/1.1 asks it to, no more. */
    static ScriptedWorker plain() {
        return new ScriptedWorker(false);
    }

    /** One that repeats each request's token in its answer, as ours do: calls share its connections. */
    static ScriptedWorker echoing() {
        return new ScriptedWorker(true);
    }

    int port() {
        return server.getLocalPort();
    }

    void plays(Script next) {
        script = next;
    }

    /** How many different calls it read, whatever it did with them. */
    int seen() {
        return seen.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the worker was closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed() && serveOne(in, socket)) {
                // the next request
            }
        } catch (IOException hungUp) {
            // the router closed the connection
        } finally {
            open.remove(socket);
        }
    }

    private boolean serveOne(InputStream in, Socket socket) throws IOException {
        String request = line(in);
        if (request.isEmpty()) {
            return false;
        }
        Map<String, String> headers = headers(in);
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String token = headers.get(Headers.ECHO.toLowerCase(Locale.ROOT));
        String echo = token == null || !echoes ? "" : Headers.ECHO + ": " + token + "\r\n";
        if (request.startsWith("GET / ")) {
            new Call(0, 0, echo, socket).answer(200, INDEX);
        } else {
            int n = Json.readTree(body).path("n").asInt();
            seen.add(n);
            script.play(new Call(played.incrementAndGet(), n, echo, socket));
        }
        return true;
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String[] parts = header.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-worker");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
