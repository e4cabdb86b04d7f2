package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.worker.execution.FunctionCall;
import dev.foretell.worker.execution.FunctionExecutor;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
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
    private final Vertx vertx;
    private final HttpConfig config;
    private final Access access;
    private final Map<String, ServedFunction> functions;
    private final byte[] index;
    private final FunctionExecutor executor;
    private final FormReader forms;
    private final ReplyWriter writer;

    WorkerRoutes(
            Vertx vertx,
            HttpConfig config,
            List<ServedFunction> functions,
            FunctionExecutor executor,
            FormReader forms,
            ReplyWriter writer) {
        this.vertx = vertx;
        this.config = config;
        this.access = new Access(config.token(), config.allowOrigins());
        this.functions = functions.stream()
                .collect(Collectors.toUnmodifiableMap(function -> "/" + function.name(), Function.identity()));
        this.index = IndexPage.of(functions);
        this.executor = executor;
        this.forms = forms;
        this.writer = writer;
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
        ServedFunction function = functions.get(path);
        if (function != null) {
            requireMethod(request, HttpMethod.POST);
            call(request, function);
        } else if (path.equals("/")) {
            requireMethod(request, HttpMethod.GET);
            writer.write(request, Reply.ofBytes(Reply.JSON, index));
        } else {
            throw new ServingException(FailureKind.NOT_FOUND, "Not found: " + path);
        }
    }

    private void call(HttpServerRequest request, ServedFunction function) {
        requireSmall(request);
        if (forms.accepts(request)) {
            Form form = forms.start(request);
            form.received()
                    .compose(body -> run(request, () -> Replies.of(function.call(body))))
                    .onComplete(done -> writer.finish(request, done).onComplete(sent -> form.close()));
        } else {
            BodyReader.read(vertx, request, config)
                    .compose(text -> run(request, work(request, function, text)))
                    .onComplete(done -> writer.finish(request, done));
        }
        admitBody(request);
    }

    /** One call, or as many as the header says. */
    private static Callable<?> work(HttpServerRequest request, ServedFunction function, byte[] text) {
        String count = request.getHeader(Headers.BATCH);
        return count == null
                ? () -> Replies.of(function.call(CallBody.ofJson(text)))
                : new BatchCall(function, count, text);
    }

    private Future<Reply> run(HttpServerRequest request, Callable<?> work) {
        FunctionCall<Reply> call = executor.start(work, waitNanos(request.getHeader(Headers.TIMEOUT_MS)));
        request.response().closeHandler(gone -> call.cancel());
        return call.result();
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
