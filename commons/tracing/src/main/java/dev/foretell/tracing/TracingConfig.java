package dev.foretell.tracing;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where spans are sent, and how many.
 *
 * @param endpoint the collector's URL for OTLP over HTTP, such as {@code http://localhost:4318}; null or empty: no spans
 * @param sample the share of the calls without a {@code traceparent} that is recorded, 0 to 1; other calls are recorded
 *     if their caller's span is
 * @param queue maximum number of spans that wait to be sent; further ones are dropped
 */
public record TracingConfig(@Nullable String endpoint, double sample, int queue) {
    private static final String PATH = "/v1/traces";

    public TracingConfig {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("sample must be from 0 to 1");
        }
        if (queue < 1 || queue > 1_000_000) {
            throw new IllegalArgumentException("queue must be from 1 to 1000000");
        }
        if (endpoint != null) {
            endpoint = endpoint.isEmpty() ? null : endpoint;
            var checked = endpoint == null ? "" : url(endpoint);
        }
    }

    public static TracingConfig defaults() {
        return new TracingConfig(null, 0.01, 2048);
    }

    boolean isOn() {
        return endpoint != null;
    }

    /** The URL that spans are posted to; the standard path is added to a URL without one. */
    String url() {
        return url(endpoint == null ? "" : endpoint);
    }

    private static String url(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!isWeb || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
                throw invalid();
            }
            String path = uri.getRawPath();
            return path.isEmpty() || path.equals("/") ? uri.resolve(PATH).toString() : endpoint;
        } catch (URISyntaxException e) {
            throw invalid();
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException(
                "endpoint must be the URL of a collector for OTLP over HTTP, such as http://localhost:4318");
    }
}
