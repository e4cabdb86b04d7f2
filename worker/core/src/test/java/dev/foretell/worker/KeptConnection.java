package dev.foretell.worker;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection for thousands of calls, one after the other. The JDK's client is not for that: where it is preempted as it
 * lays a connection back, it takes the next answer for data that nobody asked for and closes it (JDK-8338569).
 */
public final class KeptConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream answers;

    private KeptConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    public static KeptConnection to(int port) {
        try {
            Socket socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(60_000);
            socket.setTcpNoDelay(true);
            return new KeptConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of the answer, whatever its status. */
    public String post(String path, String body) {
        String request =
                "POST " + path + " HTTP/1.1\r\nHost: w\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return text(answers.readNBytes(lengthOfTheAnswer()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int lengthOfTheAnswer() throws IOException {
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = answers.read(); b != '\n'; b = answers.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line);
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
