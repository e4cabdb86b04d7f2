package dev.foretell.router.http.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.StreamedResponse;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.Upload;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/{type}_model/{model}/predict}, or PUT, as {@code curl -T} sends: the body contains only the
 * arguments, in any media type that the worker takes. A long body, or one of unknown length, is passed on as it
 * arrives. Each event loop has one.
 */
public final class PathPredictApi {
    private static final Buffer NOTHING = Buffer.buffer();

    private final PredictExchange exchange;
    private final PredictService service;
    private final HttpConfig config;

    public PathPredictApi(PredictExchange exchange, PredictService service, HttpConfig config) {
        this.exchange = exchange;
        this.service = service;
        this.config = config;
    }

    public static boolean takes(HttpServerRequest request) {
        return (request.method() == HttpMethod.POST || request.method() == HttpMethod.PUT)
                && PredictTarget.of(request.path()) != null;
    }

    public void predict(HttpServerRequest request) {
        exchange.serve(request, this::answer);
    }

    private Future<Response> answer(HttpServerRequest request, CallContext context) {
        long length = contentLength(request);
        if (length < 0) {
            return isEnsemble(request) ? predictWhole(request, context) : ofUnknownLength(request, context);
        }
        return length <= config.bodies().streamOver()
                        || (length <= config.bodies().maxBodyBytes() && isEnsemble(request))
                ? predictWhole(request, context)
                : predictStreaming(request, context, length, null);
    }

    /** The members of an ensemble need the whole body. */
    private boolean isEnsemble(HttpServerRequest request) {
        PredictTarget target = PredictTarget.of(request.path());
        return target != null && service.isEnsemble(target.type(), ModelId.ofSegment(target.model()));
    }

    /** Most bodies of unknown length are short; they are read and sent with their length. */
    private Future<Response> ofUnknownLength(HttpServerRequest request, CallContext context) {
        Duration longest = shorter(config.bodies().bodyTimeout(), context.deadline());
        return BodyReader.readUntilLong(request, config.bodies().streamOver(), longest, service.deadlines())
                .transform(read -> read.succeeded()
                                && read.result().length() > config.bodies().streamOver()
                        ? predictStreaming(request, context, -1, read.result())
                        : service.answer(context, whole(request, read, context)));
    }

    private static Duration shorter(Duration longest, Deadline deadline) {
        Duration all = Duration.ofNanos(deadline.atNanos() - deadline.fromNanos());
        return all.compareTo(longest) < 0 ? all : longest;
    }

    private Future<PredictCall> whole(HttpServerRequest request, AsyncResult<Buffer> read, CallContext context) {
        return read.failed()
                ? Future.failedFuture(read.cause())
                : Future.succeededFuture(read.result()).map(body -> whole(request, body, context));
    }

    private Future<Response> predictWhole(HttpServerRequest request, CallContext context) {
        Future<PredictCall> arriving = BodyReader.readByDeadline(
                        request,
                        Math.max(config.bodies().streamOver(), config.bodies().maxBodyBytes()),
                        config.bodies().bodyTimeout(),
                        context.deadline(),
                        service.deadlines())
                .map(body -> whole(request, body, context));
        return service.answer(context, arriving);
    }

    private PredictCall whole(HttpServerRequest request, Buffer body, CallContext context) {
        String type = mediaType(request);
        Buffer arguments = type == null ? PredictBody.requireJson(body) : body;
        RequestOptions options = options(request, type, null);
        return call(request, arguments, context, options);
    }

    private Future<Response> predictStreaming(
            HttpServerRequest request, CallContext context, long length, @Nullable Buffer beginning) {
        if (length > config.bodies().maxStreamBytes()) {
            throw UploadedBody.tooLarge(config.bodies().maxStreamBytes());
        }
        UploadedBody body = new UploadedBody(request, service.deadlines(), config, length, beginning);
        RequestOptions options = options(request, mediaType(request), body);
        PredictCall call = call(request, NOTHING, context, options);
        body.failure().onFailure(wrong -> context.cancellation().abort(AttemptFailure.Reason.CANCELLED));
        return service.answer(context, Future.succeededFuture(call))
                .recover(failure -> Future.failedFuture(body.explain(failure)))
                .onComplete(done -> {
                    if (done.failed() || done.result().rest() == null) {
                        body.discardRest();
                    }
                });
    }

    private static RequestOptions options(HttpServerRequest request, @Nullable String type, @Nullable Upload upload) {
        return StreamedResponse.wish(request).with(RequestOptions.Body.of(type, encoding(request), upload));
    }

    private PredictCall call(HttpServerRequest request, Buffer data, CallContext context, RequestOptions options) {
        PredictTarget target = PredictTarget.of(request.path());
        if (target == null) {
            throw new ServingException(FailureKind.NOT_FOUND, "there is nothing at this URL");
        }
        return new PredictCall(
                target.type(),
                ModelId.ofSegment(target.model()),
                data,
                PredictExchange.preferences(request, service),
                context,
                options);
    }

    /** Null for JSON. */
    private static @Nullable String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return null;
        }
        return plain("Content-Type", type);
    }

    /**
     * The compressions that remain for the worker, null without any; only bodies that the worker parses itself may have
     * them.
     *
     * @throws ServingException {@link FailureKind#UNSUPPORTED_MEDIA_TYPE} for JSON
     */
    private static @Nullable String encoding(HttpServerRequest request) {
        if (mediaType(request) == null) {
            ContentEncodingCheck.require(request);
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding == null || encoding.equalsIgnoreCase("identity") ? null : plain("Content-Encoding", encoding);
    }

    private static String plain(String header, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the " + header + " must be plain ASCII");
        }
        return value;
    }

    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
