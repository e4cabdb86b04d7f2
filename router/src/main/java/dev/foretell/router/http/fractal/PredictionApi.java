package dev.foretell.router.http.fractal;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.http.AccessLog;
import dev.foretell.router.http.BodyReader;
import dev.foretell.router.http.HeavyWork;
import dev.foretell.router.http.HttpConfig;
import dev.foretell.router.http.PlainBody;
import dev.foretell.router.http.PredictApi;
import dev.foretell.router.http.RequestId;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.RouteTrace;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.CallForm;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET} or {@code POST /api/v1/models/{name}/prediction}: a predict call like any other. Each event loop has one. */
final class PredictionApi {
    private final Catalogue models;
    private final Answers answers;
    private final AccessLog log;
    private final HttpConfig config;
    private final HeavyWork work;

    PredictionApi(Catalogue models, Answers answers, AccessLog log, HttpConfig config, HeavyWork work) {
        this.models = models;
        this.answers = answers;
        this.log = log;
        this.config = config;
        this.work = work;
    }

    Future<Object> predict(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        PlainBody.require(request);
        RegisteredModel model = models.require(ctx.pathParam("name"));
        String modelId = modelId(model, request.getParam("version"));
        Deadline deadline = answers.deadline(request.getHeader(Headers.TIMEOUT_MS));
        CallAbort abort = new CallAbort(request.headers());
        log.follow(request, deadline, List.of(abort));
        Future<PredictCall> arriving = BodyReader.read(
                        request, config.maxBodyBytes(), config.bodyTimeout(), deadline, answers.deadlines())
                .compose(body -> input(request, body))
                .map(input -> call(request, model.type(), modelId, input, deadline, abort));
        return answers.answer(deadline, abort, arriving).compose(answer -> reply(request, answer));
    }

    private Future<PredictionInput> input(HttpServerRequest request, Buffer body) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return work.runIfLong(body.length(), () -> PredictionInput.of(body, type));
    }

    private static String modelId(RegisteredModel model, @Nullable String version) {
        return version == null
                ? model.name()
                : model.name() + ":" + Catalogue.version(model, version).number();
    }

    private PredictCall call(
            HttpServerRequest request,
            String type,
            String modelId,
            PredictionInput input,
            Deadline deadline,
            CallAbort abort) {
        return new PredictCall(
                type,
                modelId,
                input.data(),
                request.getHeader(Headers.STICKY_KEY),
                Priority.of(request.getHeader(Headers.PRIORITY)),
                deadline,
                abort,
                answers.areKept() && PredictApi.wantsFresh(request),
                RouteTrace.OFF,
                CallForm.of(null, input.imageType(), null, null));
    }

    private static Future<Object> reply(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        pass(answer, Headers.CACHE, response);
        pass(answer, Headers.FALLBACK, response);
        RequestId.given(request).ifPresent(id -> response.putHeader(Headers.REQUEST_ID, id));
        return WholeAnswer.of(answer).map(Prediction::of);
    }

    private static void pass(Answer answer, String header, HttpServerResponse response) {
        String value = answer.headers().get(header);
        if (value != null) {
            response.putHeader(header, value);
        }
    }
}
