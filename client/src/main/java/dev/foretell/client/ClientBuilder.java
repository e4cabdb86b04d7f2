package dev.foretell.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link ForetellClient}. Only a router is needed. */
public final class ClientBuilder {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(300);

    private final List<String> routers = new ArrayList<>();
    private Supplier<String> token = () -> "";
    private Duration timeout = Duration.ofSeconds(10);
    private Duration silence = Duration.ofSeconds(60);
    private int attempts = 3;
    private int maxResponseBytes = MAX_BYTES;
    private @Nullable ObjectMapper mapper;
    private @Nullable HttpClient http;

    ClientBuilder() {}

    /** Adds a router, such as {@code http://localhost:8000}. Calls take turns, and leave out one that does not answer. */
    public ClientBuilder router(String url) {
        routers.add(url);
        return this;
    }

    /** Adds several routers that share their state. */
    public ClientBuilder routers(Collection<String> urls) {
        routers.addAll(urls);
        return this;
    }

    /** The router's token; predictions need none, unless a proxy wants one. */
    public ClientBuilder token(String secret) {
        HeaderText.of("the token", secret);
        token = () -> secret;
        return this;
    }

    /** The same, asked for at each attempt; it must be quick. An empty text sends none. */
    public ClientBuilder token(Supplier<String> secrets) {
        token = secrets;
        return this;
    }

    /** A file with the token, read again whenever it has changed. */
    public ClientBuilder tokenFile(Path file) {
        token = new TokenFile(file);
        return this;
    }

    /** The time of a call that does not say otherwise, retries included; 10 s by default, 300 s at most. */
    public ClientBuilder timeout(Duration time) {
        timeout = fromTo(time, LONGEST, "timeout");
        return this;
    }

    /** How long a stream may be silent between two items; 60 s by default. */
    public ClientBuilder streamSilence(Duration time) {
        silence = fromTo(time, Duration.ofDays(1), "streamSilence");
        return this;
    }

    private static Duration fromTo(Duration time, Duration most, String name) {
        if (time.toMillis() < 1 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is from 1 ms to " + most.toSeconds() + " s, not " + time);
        }
        return time;
    }

    /** How often a call is sent at most; 3 by default, 1 for no retries. */
    public ClientBuilder attempts(int most) {
        if (most < 1 || most > 10) {
            throw new IllegalArgumentException("attempts are from 1 to 10, not " + most);
        }
        attempts = most;
        return this;
    }

    /** The largest response, and the largest item of a stream; 16 MiB by default. */
    public ClientBuilder maxResponseBytes(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("maxResponseBytes is 1 or more, not " + most);
        }
        maxResponseBytes = most;
        return this;
    }

    /**
     * How arguments are written and results are read. By default unknown fields of results are ignored, null does not
     * fit an {@code int}, and Jackson's modules on the class path are used.
     */
    public ClientBuilder mapper(ObjectMapper json) {
        mapper = json;
        return this;
    }

    /** Connects by this one, such as one with an SSL context or a proxy. Its connect timeout applies. */
    public ClientBuilder httpClient(HttpClient connections) {
        http = connections;
        return this;
    }

    /** @throws IllegalArgumentException if there is no router, or one of the URLs is none */
    public ForetellClient build() {
        Connection connection = new Connection(
                http == null ? newHttp() : http,
                new Routers(routers, System::nanoTime),
                token,
                new RetryBudget(),
                attempts);
        ResultReader results = new ResultReader(mapper == null ? newMapper() : mapper, maxResponseBytes);
        return new ForetellClient(connection, results, timeout, silence);
    }

    private static HttpClient newHttp() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    private static ObjectMapper newMapper() {
        return JsonMapper.builder()
                .findAndAddModules()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
