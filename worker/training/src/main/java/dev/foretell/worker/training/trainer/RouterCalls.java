package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls routers: the same one until it fails, then the next. Blocks. Thread-safe. */
final class RouterCalls {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FILE = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int PIECE = 64 * 1024;
    /** The predictions for the rows that a search held out are the longest. */
    private static final int MAX_REPLY = 64 << 20;

    private static final int MAX_PROBLEM = 64 * 1024;
    private static final int BAD_GATEWAY = 502;
    private static final int AWAY = 0;

    private final List<String> routers;
    private final String token;
    private final Duration silence;
    private final AtomicInteger current = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** The response of a router; the body is a missing node if it is not JSON. */
    record Reply(int status, JsonNode body) {
        boolean isOk() {
            return status / 100 == 2;
        }

        /** Whether another try would give the same response. */
        boolean isRefusal() {
            return status >= 400 && status < 500 && status != 408 && status != 429;
        }

        /** Whether the router does not take what was said: shorter words might do. */
        boolean isOfContent() {
            return status == 400 || status == 413 || status == 422;
        }

        /** Whether no router answered at all. */
        boolean isAway() {
            return status == AWAY;
        }

        String detail() {
            return body.path("detail").asText("the router answered " + status);
        }
    }

    RouterCalls(List<String> routers, String token) {
        this(routers, token, SILENCE);
    }

    /** @param silence the longest pause between two pieces of a file */
    RouterCalls(List<String> routers, String token, Duration silence) {
        this.routers = List.copyOf(routers);
        this.token = token;
        this.silence = silence;
    }

    String router() {
        return routers.get(Math.floorMod(current.get(), routers.size()));
    }

    /** No router answered. */
    static Reply away() {
        return new Reply(AWAY, Json.MAPPER.createObjectNode().put("detail", "no router answers"));
    }

    Reply get(String path, Duration patience) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call(request(path, patience).GET().build(), BoundedBody.of(MAX_REPLY));
        return new Reply(response.statusCode(), json(response.body()));
    }

    Reply post(String path, JsonNode body, Duration patience) throws IOException, InterruptedException {
        return post(path, BodyPublishers.ofByteArray(Json.write(body)), "application/json", patience);
    }

    Reply send(String path, Path file) throws IOException, InterruptedException {
        return post(path, BodyPublishers.ofFile(file), "application/octet-stream", FILE);
    }

    private Reply post(String path, BodyPublisher body, String type, Duration patience)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(path, patience).header("Content-Type", type).POST(body).build();
        HttpResponse<byte[]> response = call(request, BoundedBody.of(MAX_REPLY));
        return new Reply(response.statusCode(), json(response.body()));
    }

    /** A file of this machine cannot be written: no router is to blame. */
    static final class WriteFailure extends IOException {
        private static final long serialVersionUID = 1;

        WriteFailure(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /**
     * Downloads the table of a task and overwrites an existing file. The reply is a failure if what comes is not that table.
     *
     * @throws WriteFailure if it cannot be written; other exceptions are of the connection
     */
    Reply fetch(Claim.Data data, Path into) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                call(request("/v1/task-files/" + data.digest(), FILE).GET().build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                return new Reply(response.statusCode(), problem(body));
            }
            return isCopied(body, data, into) ? new Reply(200, MissingNode.getInstance()) : otherFile(data);
        }
    }

    private static Reply otherFile(Claim.Data data) {
        String detail = "the router sent another file than the task's, whose digest is " + data.digest();
        return new Reply(BAD_GATEWAY, Json.MAPPER.createObjectNode().put("detail", detail));
    }

    /** What comes of it within the longest pause. */
    private JsonNode problem(InputStream body) throws IOException {
        CompletableFuture<Void> timer = closeLater(body);
        byte[] text = body.readNBytes(MAX_PROBLEM);
        timer.complete(null);
        return json(text);
    }

    /** Whether the whole file came, and no other. */
    private boolean isCopied(InputStream body, Claim.Data data, Path into) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE];
        long left = data.bytes();
        try (Output out = new Output(into)) {
            for (int read = read(body, piece); read >= 0 && left >= 0; read = read(body, piece)) {
                left -= read;
                digest.update(piece, 0, read);
                out.write(piece, read);
            }
        }
        return left == 0 && HexFormat.of().formatHex(digest.digest()).equals(data.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    /** A router that freezes, or a network that breaks, would hold up the trainer for good. */
    private int read(InputStream body, byte[] piece) throws IOException {
        CompletableFuture<Void> timer = closeLater(body);
        int read = body.read(piece);
        if (!timer.complete(null)) {
            throw new HttpTimeoutException("nothing more of the file came for " + silence.toMillis() + " ms");
        }
        return read;
    }

    /** Closes a body after the longest pause, which ends the read, unless the future is completed before. */
    private CompletableFuture<Void> closeLater(InputStream body) {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        timer.orTimeout(silence.toMillis(), TimeUnit.MILLISECONDS).whenComplete((none, late) -> {
            if (late instanceof TimeoutException) {
                close(body);
            }
        });
        return timer;
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // it is closed all the same
        }
    }

    /** A file whose failures are told apart. */
    private static final class Output implements AutoCloseable {
        private final OutputStream file;

        Output(Path path) throws WriteFailure {
            try {
                file = Files.newOutputStream(path);
            } catch (IOException e) {
                throw new WriteFailure(e);
            }
        }

        void write(byte[] bytes, int length) throws WriteFailure {
            try {
                file.write(bytes, 0, length);
            } catch (IOException e) {
                throw new WriteFailure(e);
            }
        }

        @Override
        public void close() throws WriteFailure {
            try {
                file.close();
            } catch (IOException e) {
                throw new WriteFailure(e);
            }
        }
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(router() + path))
                .timeout(patience)
                .header("User-Agent", "foretell-trainer/" + OwnVersion.TEXT);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Moves on to the next router, after one that did not respond or is shutting down. */
    private <T> HttpResponse<T> call(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        int asked = current.get();
        try {
            HttpResponse<T> response =
                    await(http.sendAsync(request, handler), request.timeout().orElse(FILE));
            if (response.statusCode() == 503) {
                current.compareAndSet(asked, asked + 1);
            }
            return response;
        } catch (IOException e) {
            current.compareAndSet(asked, asked + 1);
            throw e;
        }
    }

    /** The request's own timeout leaves out the body. */
    private static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> coming, Duration patience)
            throws IOException, InterruptedException {
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no response within " + patience.toMillis() + " ms");
        } finally {
            coming.cancel(true);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : Json.readTree(body);
        } catch (ServingException e) {
            return MissingNode.getInstance();
        }
    }
}
