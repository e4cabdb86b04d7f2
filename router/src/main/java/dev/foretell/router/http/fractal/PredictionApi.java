package dev.foretell.router.http.fractal;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.RequestId;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.HeldResponse;
import dev.foretell.router.http.message.ResponseCollector;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.predict.PredictExchange;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.CallMemory;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseMemory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET} or {@code POST /api/v1/models/{name}/prediction}: an ordinary predict call. Each event loop has one. */
final class PredictionApi {
    private static final ServingException TOO_LONG = new ServingException(
            FailureKind.WORKER_FAILED, "the response is longer than the router's memory for responses");

    private final Catalogue models;
    private final PredictService answers;
    private final AccessLog log;
    private final HttpConfig config;
    private final BackgroundWork work;
    private final ResponseMemory responses;

    PredictionApi(Catalogue models, PredictService answers, AccessLog log, RouteSupport support) {
        this.models = models;
        this.answers = answers;
        this.log = log;
        this.config = support.config();
        this.work = support.work();
        this.responses = support.responses();
    }

    Future<Object> predict(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        ContentEncodingCheck.require(request);
        Called called = resolve(ctx.pathParam("name"), request.getParam("version"));
        CallContext context = PredictExchange.begin(request, answers, log);
        Future<PredictCall> arriving = BodyReader.readByDeadline(
                        request,
                        config.bodies().maxBodyBytes(),
                        config.bodies().bodyTimeout(),
                        context.deadline(),
                        answers.deadlines())
                .compose(body -> input(request, body))
                .map(input -> call(request, called, input, context));
        return answers.answer(context, arriving).compose(response -> reply(request, response));
    }

    private Future<PredictionInput> input(HttpServerRequest request, Buffer body) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return work.runIfLong(body.length(), () -> PredictionInput.of(body, type));
    }

    /** What is called by a name: an ensemble, or else a registered model. */
    private record Called(String type, String id) {}

    private Called resolve(String name, @Nullable String version) {
        Optional<Ensemble> ensemble = version == null ? models.findEnsemble(name) : Optional.empty();
        if (ensemble.isPresent()) {
            return new Called(ensemble.get().type(), ensemble.get().name());
        }
        RegisteredModel model = models.require(name);
        return new Called(model.type(), modelId(model, version));
    }

    private static String modelId(RegisteredModel model, @Nullable String version) {
        return version == null
                ? model.name()
                : model.name() + ":" + Catalogue.version(model, version).number();
    }

    private PredictCall call(HttpServerRequest request, Called called, PredictionInput input, CallContext context) {
        return new PredictCall(
                called.type(),
                called.id(),
                input.data(),
                PredictExchange.preferences(request, answers),
                context,
                RequestOptions.USUAL.with(RequestOptions.Body.ofType(input.imageType())));
    }

    private Future<Object> reply(HttpServerRequest request, Response answer) {
        HttpServerResponse response = request.response();
        pass(answer, Headers.CACHE, response);
        pass(answer, Headers.FALLBACK, response);
        pass(answer, Headers.ENSEMBLE_MEMBERS, response);
        RequestId.find(request).ifPresent(id -> response.putHeader(Headers.REQUEST_ID, id));
        CallMemory memory = new CallMemory(responses, TOO_LONG);
        return HeldResponse.send(request, ResponseCollector.of(answer, memory).map(Prediction::of), memory);
    }

    private static void pass(Response answer, String header, HttpServerResponse response) {
        String value = answer.headers().get(header);
        if (value != null) {
            response.putHeader(header, value);
        }
    }
}
