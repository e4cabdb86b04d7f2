package dev.foretell.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call of a model, with what is particular about it. Immutable: each method returns another one.
 *
 * <p>A model is named {@code fib}; a version or alias of a registered model, {@code iris:2} or {@code iris:prod}; one of
 * another type than AI, {@code fraud/score}.
 */
public final class PredictCall {
    private static final Duration LONGEST = Duration.ofSeconds(300);

    private final String path;
    private final CallContent content;
    private final Map<String, String> headers;
    private final Optional<Duration> deadline;
    private final boolean once;

    private PredictCall(
            String path, CallContent content, Map<String, String> headers, Optional<Duration> deadline, boolean once) {
        this.path = path;
        this.content = content;
        this.headers = Map.copyOf(headers);
        this.deadline = deadline;
        this.once = once;
    }

    private static PredictCall to(String path, CallContent content) {
        return new PredictCall(path, content, Map.of(), Optional.empty(), false);
    }

    /**
     * A call with arguments by name.
     *
     * @param arguments what Jackson writes as a JSON object: a record, a map
     */
    public static PredictCall of(String model, Object arguments) {
        ModelAddress address = ModelAddress.of(model);
        return to(address.path(), CallContent.named(address.id(), arguments));
    }

    /** The same with the model in the URL, for proxies that look at nothing else. */
    public static PredictCall byPath(String model, Object arguments) {
        return to(ModelAddress.of(model).ownPath(), CallContent.bare(arguments));
    }

    /**
     * A call whose body is the only argument, such as an image. The client keeps the array; do not change it during the
     * call.
     */
    public static PredictCall ofBytes(String model, byte[] body, String mediaType) {
        return to(ModelAddress.of(model).ownPath(), CallContent.bytes(body, mediaType));
    }

    /** The same with a file, which is read while it is sent. */
    public static PredictCall ofFile(String model, Path file, String mediaType) {
        return to(ModelAddress.of(model).ownPath(), CallContent.file(file, mediaType));
    }

    /**
     * Limits the time of this call, from 1 ms to 300 s, retries included; of a stream, the time until it begins. Routers
     * and workers know it and stop in time.
     */
    public PredictCall within(Duration time) {
        if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a call takes from 1 ms to 300 s, not " + time);
        }
        return new PredictCall(path, content, headers, Optional.of(time), once);
    }

    /** Names the call in the logs of routers and workers: up to 128 letters, digits, dots, dashes and underscores. */
    public PredictCall requestId(String id) {
        if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException(
                    "a request id has up to 128 letters, digits and . _ -, not '" + id + "'");
        }
        return with("X-Request-Id", id);
    }

    /** Sends calls with the same key to the same worker, under {@code consistent_hash}, and to the same version. */
    public PredictCall stickyKey(String key) {
        return with("X-Sticky-Key", HeaderText.of("a sticky key", key));
    }

    public PredictCall priority(Priority priority) {
        return with("X-Priority", priority.name().toLowerCase(Locale.ROOT));
    }

    /** Takes no response from the router's cache. */
    public PredictCall uncached() {
        return with("Cache-Control", "no-cache");
    }

    /**
     * For a function that must not run again when it may have run already. The client then sends the call again only
     * where no worker has begun with it. The router's own attempts are a setting of the router ({@code retry}).
     */
    public PredictCall once() {
        return new PredictCall(path, content, headers, deadline, true);
    }

    private PredictCall with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new PredictCall(path, content, more, deadline, once);
    }

    String path() {
        return path;
    }

    CallContent content() {
        return content;
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<Duration> deadline() {
        return deadline;
    }

    boolean isRepeatable() {
        return !once;
    }
}
