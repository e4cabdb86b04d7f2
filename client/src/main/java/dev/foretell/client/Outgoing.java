package dev.foretell.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A request, before it is known which router gets it.
 *
 * @param body may be sent several times
 * @param headers with the request id among them
 * @param isRepeatable whether it may be sent again if it may have been carried out already
 * @param time within which the response must be there
 */
record Outgoing(
        String method,
        String path,
        BodyPublisher body,
        Map<String, String> headers,
        boolean isRepeatable,
        Duration time) {
    private static final String REQUEST_ID = "X-Request-Id";

    Outgoing {
        Map<String, String> all = new HashMap<>(headers);
        all.computeIfAbsent(REQUEST_ID, missing -> sixteenDigits(ThreadLocalRandom.current()));
        headers = Map.copyOf(all);
    }

    private static String sixteenDigits(ThreadLocalRandom random) {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    String requestId() {
        return headers.getOrDefault(REQUEST_ID, "");
    }

    /** The request to one router, which has so much time left. */
    HttpRequest to(URI router, long leftMs, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(router + path)).method(method, body);
        headers.forEach(request::setHeader);
        request.setHeader("X-Request-Timeout-Ms", Long.toString(leftMs));
        if (!token.isEmpty()) {
            request.setHeader("Authorization", "Bearer " + HeaderText.of("the token", token));
        }
        return request.build();
    }
}
