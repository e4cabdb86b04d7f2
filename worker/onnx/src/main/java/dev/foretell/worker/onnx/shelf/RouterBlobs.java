package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Hosting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Fetches model files from one router. Uses the JDK's blocking client, because the loader's thread waits anyway.
 *
 * @param key sent as a bearer token if it is not empty
 * @param timeout maximum time for one file
 * @param patience maximum time for each response and each piece
 */
public record RouterBlobs(String router, String key, Duration timeout, Duration patience) implements BlobSource {
    private static final int CHUNK = 64 * 1024;
    private static final int CONNECT_MILLIS = 3_000;

    public RouterBlobs(String router, String key, Duration timeout) {
        this(router, key, timeout, timeout.dividedBy(10));
    }

    /** The same with a shorter maximum wait, if it is shorter. */
    RouterBlobs withMaxWait(@Nullable Duration longest) {
        return longest == null || longest.compareTo(patience) >= 0
                ? this
                : new RouterBlobs(router, key, timeout, longest);
    }

    @Override
    public void fetch(String digest, Path to, Room room) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(router + Hosting.BLOBS + digest).openConnection();
        try {
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, patience.toMillis())));
            if (!key.isEmpty()) {
                connection.setRequestProperty("Authorization", "Bearer " + key);
            }
            copy(connection, to, room);
        } finally {
            connection.disconnect();
        }
    }

    private void copy(HttpURLConnection connection, Path to, Room room) throws IOException {
        requireFound(status(connection));
        long length = connection.getContentLengthLong();
        if (length < 0) {
            throw unavailable("the router does not say how long it is");
        }
        room.take(length);
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            copy(in, out, length);
        }
    }

    private static int status(HttpURLConnection connection) {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            throw unavailable("the router cannot be reached", e);
        }
    }

    private static void requireFound(int status) {
        if (status == 404) {
            throw new ServingException(FailureKind.WORKER_FAILED, "the router has no such model file");
        } else if (status == 401) {
            throw unavailable(
                    "the router wants its token (--router-token-file, the setting registration.key-file, or $FORETELL_TOKEN)");
        } else if (status != 200) {
            throw unavailable("the router answered " + status);
        }
    }

    private void copy(InputStream in, OutputStream out, long length) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        byte[] chunk = new byte[CHUNK];
        long copied = 0;
        for (int read = read(in, chunk); read >= 0; read = read(in, chunk)) {
            copied += read;
            if (copied > length || System.nanoTime() - end > 0) {
                throw unavailable(copied > length ? "it is longer than announced" : "it took longer than " + timeout);
            }
            out.write(chunk, 0, read);
        }
        if (copied < length) {
            throw unavailable("the transfer was incomplete");
        }
    }

    private static int read(InputStream in, byte[] chunk) {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            throw unavailable("the transfer broke off", e);
        }
    }

    private static ServingException unavailable(String why) {
        return unavailable(why, null);
    }

    private static ServingException unavailable(String why, @Nullable Throwable cause) {
        return new ServingException(FailureKind.WORKERS_BUSY, "the model file cannot be fetched now: " + why, cause);
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return router;
    }
}
