package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.edge.UnreadableHead;
import dev.foretell.worker.execution.FunctionCall;
import dev.foretell.worker.execution.FunctionExecutor;
import dev.foretell.worker.execution.FunctionPace;
import dev.foretell.worker.execution.Work;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The worker's API: {@code GET /} and {@code POST /function}. Shared by all event loops; immutable. */
final class WorkerRoutes implements Handler<HttpServerRequest> {
    /** For a longer body, the reading time matters more than the speed of the function. */
    private static final int SMALL_BODY = 16 * 1024;

    private final HttpConfig config;
    private final Access access;
    private final Map<String, Route> routes;
    private final WorkerServer.Functions functions;
    private final byte[] index;
    private final FunctionExecutor executor;
    private final FormReader forms;
    private final ReplyWriter writer;

    WorkerRoutes(
            HttpConfig config,
            WorkerServer.Functions functions,
            FunctionExecutor executor,
            FormReader forms,
            ReplyWriter writer,
            String epoch) {
        this.config = config;
        this.access = new Access(config.callers().token(), config.callers().allowOrigins());
        this.routes = functions.listed().stream()
                .map(function -> new Route(function, executor.pace(function.name()), function.headers()))
                .collect(Collectors.toUnmodifiableMap(Route::path, Function.identity()));
        this.functions = functions;
        this.index = IndexPage.of(functions.listed(), functions.unlisted(), epoch);
        this.executor = executor;
        this.forms = forms;
        this.writer = writer;
    }

    /** A function, its speed (only for listed functions), and the headers that it needs. */
    private record Route(ServedFunction function, @Nullable FunctionPace pace, List<String> headers) {
        static Route toRoute(ServedFunction function) {
            return new Route(function, null, function.headers());
        }

        String path() {
            return "/" + function.name();
        }

        CallBody body(HttpServerRequest request, byte[] body) {
            return headers.isEmpty() ? CallBody.ofJson(body) : CallBody.ofBytes(body, headers(request));
        }

        private Map<String, String> headers(HttpServerRequest request) {
            Map<String, String> sent = new HashMap<>();
            for (String name : headers) {
                String value = request.getHeader(name);
                if (value != null) {
                    sent.put(name, value);
                }
            }
            return sent;
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        Echo.prepare(request);
        try {
            access.allowOrigin(request);
            if (access.isPreflight(request)) {
                access.answerPreflight(request);
            } else {
                access.require(request);
                route(request);
            }
        } catch (Exception e) {
            writer.fail(request, e);
        }
    }

    /** Answers a request with an unreadable head; the connection closes afterwards. */
    void refuseUnreadable(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        writer.fail(request, UnreadableHead.explain(request.decoderResult().cause()))
                .onComplete(sent -> request.connection().close());
    }

    private void route(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        Route route = routes.get(path);
        if (route != null) {
            requireMethod(request, HttpMethod.POST);
            call(request, route);
        } else if (path.equals("/")) {
            if (request.method() != HttpMethod.HEAD) {
                requireMethod(request, HttpMethod.GET);
            }
            requireFreeThreads();
            writer.write(request, Reply.ofBytes(Reply.JSON, index));
        } else {
            routeFound(request, path);
        }
    }

    /** Routers use the index to check the health of this worker. */
    private void requireFreeThreads() {
        String stuck = executor.obstacle();
        if (stuck != null) {
            throw new ServingException(FailureKind.WORKERS_BUSY, stuck);
        }
    }

    private void routeFound(HttpServerRequest request, String path) {
        ServedFunction function = functions
                .unlisted()
                .find(path.isEmpty() ? path : path.substring(1))
                .orElseThrow(() -> new ServingException(FailureKind.NOT_FOUND, "Not found: " + path));
        requireMethod(request, HttpMethod.POST);
        call(request, Route.toRoute(function));
    }

    private void call(HttpServerRequest request, Route route) {
        if (!route.function().predicts()) {
            access.requireNoPage(request);
        }
        requireSmall(request);
        requirePlain(request);
        if (route.function().streams() && request.getHeader(Headers.BATCH) == null) {
            stream(request, route);
        } else if (forms.accepts(request)) {
            Form form = forms.start(request);
            form.body()
                    .compose(body -> runForm(request, route, body))
                    .onComplete(done ->
                            writer.finish(request, route.function(), done).onComplete(sent -> form.close()));
        } else {
            BodyReader.read(executor.timeouts(), request, config)
                    .compose(text -> runJson(request, route, text))
                    .onComplete(done -> writer.finish(request, route.function(), done));
        }
        admitBody(request);
    }

    private void stream(HttpServerRequest request, Route route) {
        if (forms.accepts(request)) {
            Form form = forms.start(request);
            stream(request, route.function(), form.body()).onComplete(sent -> form.close());
        } else {
            Future<CallBody> body =
                    BodyReader.read(executor.timeouts(), request, config).map(read -> route.body(request, read));
            stream(request, route.function(), body);
        }
    }

    private Future<Void> stream(HttpServerRequest request, ServedFunction function, Future<CallBody> body) {
        return body.compose(read -> StreamedCall.run(
                        request,
                        function,
                        writer,
                        executor,
                        work(request, function, () -> function.call(read)),
                        waitNanos(request)))
                .recover(failure -> writer.sendFailure(request, function, failure));
    }

    private Future<Reply> runForm(HttpServerRequest request, Route route, CallBody body) {
        return run(request, route, () -> Replies.of(route.function().call(body)));
    }

    /** One call, or a batch by its header; a batch never runs on the event loop. */
    private Future<Reply> runJson(HttpServerRequest request, Route route, byte[] text) {
        String count = request.getHeader(Headers.BATCH);
        CallBody body = count == null ? route.body(request, text) : null;
        Callable<?> code = body == null
                ? new BatchCall(route.function(), String.valueOf(count), text, RequestName.of(request), writer.faults())
                : () -> Replies.of(route.function().call(body));
        return body == null || text.length > SMALL_BODY || route.pace() == null
                ? run(request, route, code)
                : follow(
                        request,
                        executor.start(work(request, route.function(), code), waitNanos(request), route.pace()));
    }

    /** Runs a call outside the event loop, once its function is ready. */
    private Future<Reply> run(HttpServerRequest request, Route route, Callable<?> code) {
        Work work = work(request, route.function(), code);
        long wait = waitNanos(request);
        CompletionStage<?> ready = route.pace() == null ? route.function().prepare() : null;
        if (ready == null) {
            return follow(request, executor.start(work, wait));
        }
        long began = System.nanoTime();
        return follow(request, executor.start(Work.ofStage(() -> ready), wait))
                .compose(there -> follow(request, executor.start(work, wait - (System.nanoTime() - began))));
    }

    private static Work work(HttpServerRequest request, ServedFunction function, Callable<?> code) {
        return new Work(function.name(), request.getHeader(Headers.REQUEST_ID), code);
    }

    private static <T> Future<T> follow(HttpServerRequest request, FunctionCall<T> call) {
        if (!call.result().isComplete()) {
            request.response().closeHandler(gone -> call.cancel());
            if (request.response().closed()) {
                call.cancel();
            }
        }
        return call.result();
    }

    private static long waitNanos(HttpServerRequest request) {
        return waitNanos(request.getHeader(Headers.TIMEOUT_MS));
    }

    /** How long the caller waits; for ever if it does not say. */
    private static long waitNanos(@Nullable String millis) {
        try {
            return millis == null ? Long.MAX_VALUE : Math.multiplyExact(Long.parseLong(millis.strip()), 1_000_000L);
        } catch (NumberFormatException | ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void requireSmall(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null
                && (length.length() > 10
                        || Long.parseLong(length) > config.bodies().maxBodyBytes())) {
            throw BodyReader.tooLarge(config.bodies().maxBodyBytes());
        }
    }

    /** Compressions that the edge removes are no longer visible here. */
    private static void requirePlain(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, deflate");
            throw new ServingException(
                    FailureKind.UNSUPPORTED_MEDIA_TYPE,
                    "the body's Content-Encoding is not supported: send gzip, deflate, or no compression");
        }
    }

    /** Tells a client that expects "100 Continue" to send its body, unless it already has its response. */
    private static void admitBody(HttpServerRequest request) {
        if (!request.response().ended() && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private static void requireMethod(HttpServerRequest request, HttpMethod method) {
        if (request.method() != method) {
            request.response().putHeader(HttpHeaders.ALLOW, method.name());
            throw new ServingException(
                    FailureKind.METHOD_NOT_ALLOWED, request.path() + " takes " + method.name() + " only");
        }
    }
}
