package dev.foretell.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.function.Supplier;

/**
 * What all calls of a client share. Thread-safe.
 *
 * @param token empty for none; asked for each attempt
 * @param maxAttempts of a call
 */
record Connection(HttpClient http, Routers routers, Supplier<String> token, RetryBudget budget, int maxAttempts) {
    HttpRequest request(Outgoing call, URI router, long leftMs) {
        return call.to(router, leftMs, token.get());
    }
}
