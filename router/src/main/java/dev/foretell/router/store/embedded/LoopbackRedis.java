package dev.foretell.router.store.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain connection to a Redis on this machine, for the few commands before and after Redisson. Blocking. */
public final class LoopbackRedis implements AutoCloseable {
    private static final String PROCESS_ID = "process_id:";
    private static final int MAX = 1 << 16;

    private final Socket socket;
    private final InputStream answers;

    private LoopbackRedis(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    public static LoopbackRedis connect(int port, Duration timeout) throws IOException {
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

    /** Sends a command and returns the first line of the response, such as {@code +OK}; empty if the server hung up. */
    public String say(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return line();
    }

    /** Whether the server accepts the password. */
    public boolean login(String password) throws IOException {
        return say("AUTH " + password).equals("+OK");
    }

    /** The pid that the server reports; -1 if it reports none. */
    long processId() throws IOException {
        return text(say("INFO server"))
                .lines()
                .filter(line -> line.startsWith(PROCESS_ID))
                .mapToLong(line -> Long.parseLong(line.substring(PROCESS_ID.length())))
                .findFirst()
                .orElse(-1);
    }

    /** The working folder that the server reports; empty if it reports none. */
    String directory() throws IOException {
        if (!say("CONFIG GET dir").equals("*2")) {
            return "";
        }
        text(line());
        return text(line());
    }

    /** The text after {@code $5}, for example; empty after an error. */
    private String text(String head) throws IOException {
        int length = head.matches("[$]\\d{1,5}") ? Integer.parseInt(head.substring(1)) : -1;
        if (length < 0) {
            return "";
        }
        byte[] bytes = answers.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = answers.read(); next != -1 && next != '\n' && line.size() < MAX; next = answers.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
