package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Optionally logs a line for each request: the caller, the URL and the result, and for predict calls also their
 * workers. {@code 10.0.0.7 POST /v1/AI_model/predict 200 2 bytes 1.204 ms 5f0c91d2 AI/iris:2 localhost-9001-0 1}
 */
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("access");
    /** nginx's status for callers that have hung up. */
    private static final int HUNG_UP = 499;

    private final BooleanSupplier isWanted;

    public AccessLog(BooleanSupplier isWanted) {
        this.isWanted = isWanted;
    }

    /** Follows any request when it arrives. */
    public void follow(HttpServerRequest request) {
        if (isWanted.getAsBoolean()) {
            writeAtEnd(request, System.nanoTime(), List.of());
        }
    }

    /**
     * Follows a request with these predict calls, which are cancelled if the caller hangs up. Call it before the
     * response begins.
     */
    public void follow(HttpServerRequest request, Deadline deadline, List<CallContext> calls) {
        if (isWanted.getAsBoolean()) {
            writeAtEnd(request, deadline.fromNanos(), calls);
        }
        request.response()
                .closeHandler(
                        gone -> calls.forEach(call -> call.cancellation().abort(AttemptFailure.Reason.CANCELLED)));
    }

    /** Logs once: when the response has ended, or when the connection ends before that. */
    private static void writeAtEnd(HttpServerRequest request, long start, List<CallContext> calls) {
        request.response().endHandler(over -> write(request, start, status(request.response(), calls), calls));
    }

    /** A stream that breaks off is logged with another status than the one that its caller received. */
    private static int status(HttpServerResponse response, List<CallContext> calls) {
        if (response.ended()) {
            return response.getStatusCode();
        }
        ResponseStream.End end =
                calls.isEmpty() ? null : calls.get(calls.size() - 1).streamEnd();
        if (end == null) {
            return HUNG_UP;
        }
        return switch (end) {
            case WHOLE, CANCELLED -> HUNG_UP;
            case REFUSED -> Problem.of(FailureKind.INVALID_INPUT).status();
            case FUNCTION_FAILED -> Problem.of(FailureKind.FUNCTION_FAILED).status();
            case BROKEN_OFF -> Problem.of(FailureKind.WORKER_FAILED).status();
        };
    }

    private static void write(HttpServerRequest request, long start, int status, List<CallContext> calls) {
        String id = Objects.requireNonNullElse(request.response().headers().get(Headers.REQUEST_ID), "-");
        LOG.atInfo()
                .addKeyValue(Headers.LOGGED_REQUEST_ID, id)
                .log(
                        "{} {} {} {} {} bytes {} ms {}{}",
                        request.remoteAddress().hostAddress(),
                        printable(request.method().name()),
                        printable(request.path()),
                        status,
                        request.response().bytesWritten(),
                        String.format(Locale.ROOT, "%.3f", (System.nanoTime() - start) / 1e6),
                        id,
                        calls.isEmpty() ? "" : way(calls));
    }

    /**
     * The model, the last worker, and the number of workers. For several calls: the first model, the last worker, and
     * the total number.
     */
    private static String way(List<CallContext> calls) {
        WorkerId worker = calls.get(calls.size() - 1).worker();
        int attempts = calls.stream().mapToInt(CallContext::attempts).sum();
        return " " + model(calls.get(0)) + " " + (worker == null ? "-" : worker) + " " + attempts;
    }

    private static String model(CallContext call) {
        ModelKey model = call.model();
        return model == null ? "-" : model.toString();
    }

    /** Escapes the caller's text, so that it can neither end the line nor move a terminal's cursor. */
    private static String printable(@Nullable String text) {
        if (text == null || text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return String.valueOf(text);
        }
        return text.chars()
                .mapToObj(
                        c -> c > ' ' && c < 0x7f ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04x", c))
                .collect(Collectors.joining());
    }
}
