package dev.foretell.router.http.predict;

import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.StreamedResponse;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiFunction;

/** {@code POST /v1/{type}_model/predict}: decode, predict, encode. Each event loop has one. */
public final class PredictApi {
    private static final String PREFIX = "/v1/";
    private static final String SUFFIX = "_model/predict";
    private static final int AFTER_TYPE = "/predict".length();

    private final PredictExchange exchange;
    private final PredictService service;
    private final HttpConfig config;
    private final BiFunction<HttpServerRequest, CallContext, Future<Response>> predict = this::predict;

    public PredictApi(PredictExchange exchange, PredictService service, HttpConfig config) {
        this.exchange = exchange;
        this.service = service;
        this.config = config;
    }

    /** Whether a request is a predict call; decided by its URL alone, before all other routes. */
    public static boolean takes(HttpServerRequest request) {
        String path = request.path();
        return request.method() == HttpMethod.POST
                && path != null
                && path.length() > PREFIX.length() + SUFFIX.length()
                && path.startsWith(PREFIX)
                && path.endsWith(SUFFIX)
                && path.indexOf('/', PREFIX.length()) == path.length() - AFTER_TYPE;
    }

    public void predict(HttpServerRequest request) {
        exchange.serve(request, predict);
    }

    private Future<Response> predict(HttpServerRequest request, CallContext context) {
        ContentEncodingCheck.require(request);
        PredictBody.Scan scan = new PredictBody.Scan();
        Future<PredictCall> arriving = BodyReader.readByDeadline(
                        request,
                        config.bodies().maxBodyBytes(),
                        config.bodies().bodyTimeout(),
                        context.deadline(),
                        service.deadlines(),
                        scan::advance)
                .map(body -> call(request, scan.finish(body), context));
        return service.answer(context, arriving);
    }

    private PredictCall call(HttpServerRequest request, PredictBody body, CallContext context) {
        String path = request.path();
        return new PredictCall(
                path.substring(PREFIX.length(), path.length() - SUFFIX.length()),
                body.modelId(),
                body.data(),
                PredictExchange.preferences(request, service),
                context,
                StreamedResponse.wish(request));
    }
}
