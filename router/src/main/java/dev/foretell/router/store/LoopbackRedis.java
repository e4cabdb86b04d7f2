package dev.foretell.router.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A bare connection to a Redis on this machine, for the few words said before and after Redisson. Blocking. */
final class LoopbackRedis implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answers;

    private LoopbackRedis(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static LoopbackRedis connect(int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            return new LoopbackRedis(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a command and returns the first line of the answer, such as {@code +OK}; empty if the server hung up. */
    String say(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        String answer = answers.readLine();
        return answer == null ? "" : answer;
    }

    /** Whether the server takes the password. */
    boolean login(String password) throws IOException {
        return say("AUTH " + password).equals("+OK");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
