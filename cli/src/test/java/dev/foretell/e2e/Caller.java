package dev.foretell.e2e;

import dev.foretell.e2e.Http.Reply;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A caller with one connection that it keeps, and a new one once that is closed. It takes far less of the machine than the
 * JDK's client does, and no answer for data that nobody asked for, as that does at times (JDK-8338569). Confined to a thread.
 */
final class Caller implements AutoCloseable {
    private final URI url;
    private @Nullable Socket socket;
    private InputStream answers = InputStream.nullInputStream();

    Caller(String url) {
        this.url = URI.create(url);
    }

    /** Status 0 where there was no answer. */
    Reply predict(String model, int n) {
        String body = """
                {"modelId":"%s","data":{"n":%s}}""".formatted(model, n);
        try {
            return post("/v1/AI_model/predict", body);
        } catch (IOException e) {
            close();
            return new Reply(0, e.toString());
        }
    }

    private Reply post(String path, String body) throws IOException {
        open().getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: r\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        boolean isLast = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
            isLast |= header.equals("connection: close");
        }
        Reply reply = new Reply(status, new String(answers.readNBytes(length), StandardCharsets.UTF_8));
        if (isLast) {
            close();
        }
        return reply;
    }

    private Socket open() throws IOException {
        Socket kept = socket;
        if (kept == null) {
            kept = new Socket(url.getHost(), url.getPort());
            kept.setSoTimeout(60_000);
            kept.setTcpNoDelay(true);
            answers = new BufferedInputStream(kept.getInputStream());
            socket = kept;
        }
        return kept;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = answers.read(); b != '\n'; b = answers.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line);
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        Socket kept = socket;
        socket = null;
        if (kept != null) {
            try {
                kept.close();
            } catch (IOException closed) {
                // as it was to be
            }
        }
    }
}
