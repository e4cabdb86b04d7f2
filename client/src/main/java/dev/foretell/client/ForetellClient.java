package dev.foretell.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Calls models through a router:
 *
 * <pre>{@code
 * ForetellClient client = ForetellClient.at("http://localhost:8000");
 * long value = client.predict("fib", Map.of("n", 10), Long.class);
 * }</pre>
 *
 * <p>A call that fails throws a {@link dev.foretell.client.failure.ForetellException}; its future has one. A call is sent
 * again, at most three times in all and within its time, where the router turns it away before a worker has begun (it
 * then waits as long as the router asks), where a connection breaks, and at the next router where one does not answer.
 *
 * <p>Thread-safe. A program needs one for each group of routers, and keeps it; it holds nothing that must be closed.
 */
public final class ForetellClient {
    private static final String ANY = "*/*";
    /** Events mark errors as such, which lines do not. */
    private static final String STREAMS = "text/event-stream, application/x-ndjson;q=0.9, */*;q=0.8";

    private final Connection connection;
    private final ResultReader results;
    private final Duration timeout;
    private final Duration silence;

    ForetellClient(Connection connection, ResultReader results, Duration timeout, Duration silence) {
        this.connection = connection;
        this.results = results;
        this.timeout = timeout;
        this.silence = silence;
    }

    /** A client of one router, with the defaults. */
    public static ForetellClient at(String router) {
        return builder().router(router).build();
    }

    public static ClientBuilder builder() {
        return new ClientBuilder();
    }

    /** Calls a model, named as {@link PredictCall} says, and waits for the result. */
    public <T> T predict(String model, Object arguments, Class<T> type) {
        return predict(PredictCall.of(model, arguments), type).value();
    }

    /** The same for a generic type. */
    public <T> T predict(String model, Object arguments, TypeReference<T> type) {
        return predict(PredictCall.of(model, arguments), type).value();
    }

    /** Calls a model and waits for the result. */
    public <T> Prediction<T> predict(PredictCall call, Class<T> type) {
        return predict(call, results.mapper().constructType(type));
    }

    /** The same for a generic type. */
    public <T> Prediction<T> predict(PredictCall call, TypeReference<T> type) {
        return predict(call, results.mapper().constructType(type.getType()));
    }

    private <T> Prediction<T> predict(PredictCall call, JavaType type) {
        Outgoing request = outgoing(call, ANY);
        return Waiting.on(send(request, type), request.requestId());
    }

    /** Calls a model. Cancelling the future ends the call, at the router and the worker too. */
    public <T> CompletableFuture<Prediction<T>> predictAsync(PredictCall call, Class<T> type) {
        return send(outgoing(call, ANY), results.mapper().constructType(type));
    }

    /** The same for a generic type. */
    public <T> CompletableFuture<Prediction<T>> predictAsync(PredictCall call, TypeReference<T> type) {
        return send(outgoing(call, ANY), results.mapper().constructType(type.getType()));
    }

    private <T> CompletableFuture<Prediction<T>> send(Outgoing request, JavaType type) {
        return Waiting.then(
                Attempts.send(connection, request, whole(request)),
                response -> results.prediction(response, type, request.requestId()));
    }

    /**
     * Calls a model that streams, and waits until the stream begins. Each item is read when it is asked for; one that does
     * not come throws, as does a stream that breaks off. Close the stream where it is not read to its end: the worker then
     * stops.
     */
    public <T> Stream<T> stream(PredictCall call, Class<T> type) {
        return stream(call, results.mapper().constructType(type));
    }

    /** The same for a generic type. */
    public <T> Stream<T> stream(PredictCall call, TypeReference<T> type) {
        return stream(call, results.mapper().constructType(type.getType()));
    }

    private <T> Stream<T> stream(PredictCall call, JavaType type) {
        Outgoing request = outgoing(call, STREAMS);
        HttpResponse<Received> response =
                Waiting.on(Attempts.send(connection, request, inPieces(request)), request.requestId());
        PieceQueue pieces = response.body().pieces().orElseThrow();
        StreamFormat format = StreamFormat.of(ResultReader.mediaType(response));
        return StreamSupport.<T>stream(new ItemReader<>(pieces, format, results, type), false)
                .onClose(pieces::close);
    }

    /** What the routers know of their models. */
    public ModelCatalog catalog() {
        return new ModelCatalog(connection, results, timeout);
    }

    private Outgoing outgoing(PredictCall call, String accept) {
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.put("Accept", accept);
        headers.put("Content-Type", call.content().mediaType());
        return new Outgoing(
                "POST",
                call.path(),
                call.content().publisher(results.mapper()),
                headers,
                call.isRepeatable(),
                call.deadline().orElse(timeout));
    }

    private BodyHandler<Received> whole(Outgoing request) {
        return head -> new BoundedBody(results.maxBytes(), request.requestId());
    }

    private BodyHandler<Received> inPieces(Outgoing request) {
        return head -> head.statusCode() / 100 == 2
                ? BodySubscribers.mapping(new PieceQueue(silence, request.requestId()), Received::inPieces)
                : new BoundedBody(results.maxBytes(), request.requestId());
    }
}
