package dev.foretell.cli.client;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.foretell.cli.terminal.CommandFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client of one router's public API. Thread-safe. */
public final class RouterHttp {
    private static final Pattern URL =
            Pattern.compile("https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?/?");
    private static final Duration CONNECT = Duration.ofSeconds(5);
    public static final Duration ANSWER = Duration.ofSeconds(15);

    private final String url;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** @throws CommandFailure if this is not a router's URL */
    public RouterHttp(String url) {
        this(url, "");
    }

    /**
     * The same with a token.
     *
     * @param token empty for no token
     */
    public RouterHttp(String url, String token) {
        Matcher fits = URL.matcher(url);
        if (!fits.matches() || (fits.group(1) != null && Integer.parseInt(fits.group(1)) > 65_535)) {
            throw CommandFailure.usage("the router's URL must be like http://127.0.0.1:8000, not '" + url + "'");
        }
        this.url = url.replaceAll("/$", "");
        this.token = token;
    }

    public String url() {
        return url;
    }

    public Reply get(String path) {
        return send("GET", path, null, Map.of(), ANSWER);
    }

    public Reply put(String path, String body) {
        return send("PUT", path, body, Map.of(), ANSWER);
    }

    public Reply post(String path, String body) {
        return send("POST", path, body, Map.of(), ANSWER);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null, Map.of(), ANSWER);
    }

    /** @throws CommandFailure if there is no response in time */
    public Reply send(
            String method, String path, @Nullable String body, Map<String, String> headers, Duration timeout) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return exchange(method, path, publisher, headers, timeout);
    }

    /** Sends a file unchanged, reading it while it is sent. */
    public Reply upload(String path, FileUpload file, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", file.mediaType());
        return exchange("POST", path, file, all, file.patience());
    }

    private Reply exchange(
            String method, String path, BodyPublisher publisher, Map<String, String> headers, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, publisher).timeout(timeout);
        headers.forEach((name, value) -> set(request, name, value));
        authorize(request);
        CompletableFuture<HttpResponse<String>> coming = http.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            HttpResponse<String> response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.body(), url);
        } catch (TimeoutException e) {
            coming.cancel(true); // of the body, too, which the request's own timeout leaves out
            throw CommandFailure.unreachable("no answer from " + url + " in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HttpTimeoutException
                    ? CommandFailure.unreachable("no answer from " + url + " in time")
                    : CommandFailure.unreachable(Silence.why(url, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of("interrupted");
        }
    }

    private void authorize(HttpRequest.Builder request) {
        if (!token.isEmpty()) {
            set(request, "Authorization", "Bearer " + token);
        }
    }

    private static void set(HttpRequest.Builder request, String header, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            throw CommandFailure.usage(
                    (header.equals("Authorization") ? "a token" : "'" + value + "' is sent in a header, which")
                            + " can hold plain ASCII only");
        }
        request.header(header, value);
    }

    /**
     * Downloads a file to a new path; the reply then has no body.
     *
     * @param patience the maximum time for the download
     * @throws CommandFailure if there is no response in time, or the file breaks off; the incomplete file stays there
     */
    public Reply download(String path, Path to, Duration patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(ANSWER);
        authorize(request);
        CompletableFuture<HttpResponse<String>> coming = http.sendAsync(request.build(), head -> into(to, head));
        try {
            HttpResponse<String> response = coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.body(), url);
        } catch (ExecutionException e) {
            throw CommandFailure.unreachable("nothing answers at " + url + ", or it broke off");
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw CommandFailure.unreachable("no answer from " + url + " in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of("interrupted");
        }
    }

    private static BodySubscriber<String> into(Path file, HttpResponse.ResponseInfo head) {
        return head.statusCode() == 200
                ? BodySubscribers.mapping(BodySubscribers.ofFile(file, CREATE_NEW, WRITE), written -> "")
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private URI uri(String path) {
        try {
            return AddressedUri.of(URI.create(url + path), InetAddress::getByName);
        } catch (UnknownHostException e) {
            throw CommandFailure.unreachable("no host has the name in " + url);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("no name in a router holds blanks or other signs that no URL may hold: " + path);
        }
    }
}
