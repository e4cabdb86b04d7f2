package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.worker.execution.FunctionCall;
import dev.foretell.worker.execution.FunctionExecutor;
import dev.foretell.worker.execution.FunctionPace;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The worker's whole API: {@code GET /} and {@code POST /function}. Shared by all event loops, and immutable. */
final class WorkerRoutes implements Handler<HttpServerRequest> {
    /** Above this, what a body costs to read says more than how fast its function has been. */
    private static final int SMALL_BODY = 16 * 1024;

    private final HttpConfig config;
    private final Access access;
    private final Map<String, Route> routes;
    private final byte[] index;
    private final FunctionExecutor executor;
    private final FormReader forms;
    private final ReplyWriter writer;

    WorkerRoutes(
            HttpConfig config,
            List<ServedFunction> functions,
            FunctionExecutor executor,
            FormReader forms,
            ReplyWriter writer) {
        this.config = config;
        this.access = new Access(config.token(), config.allowOrigins());
        this.routes = functions.stream()
                .map(function -> new Route(function, executor.pace(function.name())))
                .collect(Collectors.toUnmodifiableMap(Route::path, Function.identity()));
        this.index = IndexPage.of(functions);
        this.executor = executor;
        this.forms = forms;
        this.writer = writer;
    }

    /** A function and how fast it has been. */
    private record Route(ServedFunction function, FunctionPace pace) {
        String path() {
            return "/" + function.name();
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
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

    private void route(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        Route route = routes.get(path);
        if (route != null) {
            requireMethod(request, HttpMethod.POST);
            call(request, route);
        } else if (path.equals("/")) {
            requireMethod(request, HttpMethod.GET);
            writer.write(request, Reply.ofBytes(Reply.JSON, index));
        } else {
            throw new ServingException(FailureKind.NOT_FOUND, "Not found: " + path);
        }
    }

    private void call(HttpServerRequest request, Route route) {
        requireSmall(request);
        if (route.function().streams() && request.getHeader(Headers.BATCH) == null) {
            stream(request, route.function());
        } else if (forms.accepts(request)) {
            Form form = forms.start(request);
            form.received()
                    .compose(body -> runForm(request, route.function(), body))
                    .onComplete(done -> writer.finish(request, done).onComplete(sent -> form.close()));
        } else {
            BodyReader.read(executor.timeouts(), request, config)
                    .compose(text -> runJson(request, route, text))
                    .onComplete(done -> writer.finish(request, done));
        }
        admitBody(request);
    }

    private void stream(HttpServerRequest request, ServedFunction function) {
        if (forms.accepts(request)) {
            Form form = forms.start(request);
            stream(request, function, form.received()).onComplete(sent -> form.close());
        } else {
            stream(
                    request,
                    function,
                    BodyReader.read(executor.timeouts(), request, config).map(CallBody::ofJson));
        }
    }

    private Future<Void> stream(HttpServerRequest request, ServedFunction function, Future<CallBody> body) {
        return body.compose(read ->
                        StreamedCall.run(request, writer, executor, () -> function.call(read), waitNanos(request)))
                .recover(failure -> writer.fail(request, failure));
    }

    private Future<Reply> runForm(HttpServerRequest request, ServedFunction function, CallBody body) {
        return follow(request, executor.start(() -> Replies.of(function.call(body)), waitNanos(request)));
    }

    /** One call, or as many as the header says: those never run on the event loop. */
    private Future<Reply> runJson(HttpServerRequest request, Route route, byte[] text) {
        String count = request.getHeader(Headers.BATCH);
        Callable<?> work = count == null
                ? () -> Replies.of(route.function().call(CallBody.ofJson(text)))
                : new BatchCall(route.function(), count, text);
        return follow(
                request,
                count != null || text.length > SMALL_BODY
                        ? executor.start(work, waitNanos(request))
                        : executor.start(work, waitNanos(request), route.pace()));
    }

    private static Future<Reply> follow(HttpServerRequest request, FunctionCall<Reply> call) {
        if (!call.result().isComplete()) {
            request.response().closeHandler(gone -> call.cancel());
        }
        return call.result();
    }

    private static long waitNanos(HttpServerRequest request) {
        return waitNanos(request.getHeader(Headers.TIMEOUT_MS));
    }

    /** How long the caller waits; for ever, if it does not say. */
    private static long waitNanos(@Nullable String millis) {
        try {
            return millis == null ? Long.MAX_VALUE : Math.multiplyExact(Long.parseLong(millis.strip()), 1_000_000L);
        } catch (NumberFormatException | ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void requireSmall(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > 10 || Long.parseLong(length) > config.maxBodyBytes())) {
            throw BodyReader.tooLarge(config.maxBodyBytes());
        }
    }

    /** A client that asks first whether its body is welcome is told that it is. */
    private static void admitBody(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
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
