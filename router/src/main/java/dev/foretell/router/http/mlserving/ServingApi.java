package dev.foretell.router.http.mlserving;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.HeldResponse;
import dev.foretell.router.http.message.PlainText;
import dev.foretell.router.http.message.ResponseCollector;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.predict.PredictExchange;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.CallMemory;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.ResponseMemory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * {@code /serve_decision_tree} and {@code /models/serve/decisiontree/1}: rows of a table become an ordinary predict call, and the
 * response becomes text for one row, or {@code predictions} for several. Each event loop has one.
 */
final class ServingApi {
    private static final ServingException TOO_LONG = new ServingException(
            FailureKind.WORKER_FAILED, "the response is longer than the router's memory for responses");

    private final ModelRegistry models;
    private final PredictService answers;
    private final AccessLog log;
    private final HttpConfig config;
    private final BackgroundWork work;
    private final ResponseMemory responses;

    ServingApi(ModelRegistry models, PredictService answers, AccessLog log, RouteSupport support) {
        this.models = models;
        this.answers = answers;
        this.log = log;
        this.config = support.config();
        this.work = support.work();
        this.responses = support.responses();
    }

    /** What is called: a model or one of its versions, and the version whose inputs count. */
    private record Called(RegisteredModel model, String id, ModelVersion version) {}

    /** By the version that serves. */
    Future<Object> predict(RoutingContext ctx) {
        Classifier classifier = Classifier.ofName(ctx.pathParam("classifier"));
        RegisteredModel model = models.current()
                .find(classifier.model())
                .orElseThrow(() -> new ServingException(
                        FailureKind.MODEL_NOT_FOUND,
                        "no " + classifier.words() + " is trained yet; GET /train_" + classifier.word()
                                + " trains one"));
        return predict(ctx, new Called(model, model.name(), current(model)));
    }

    /** The version with the most calls; without one, the latest. */
    private static ModelVersion current(RegisteredModel model) {
        return model.require(model.traffic().weights().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(model.history().nextVersion() - 1));
    }

    Future<Object> predictByVersion(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        String number = ctx.pathParam("version");
        RegisteredModel model = models.current()
                .find(name)
                .orElseThrow(() -> new ServingException(
                        FailureKind.MODEL_NOT_FOUND,
                        "no model '" + NearestNames.abbreviate(name) + "'"
                                + NearestNames.of(
                                        name, models.current().byName().keySet())));
        ModelVersion version = model.require(number.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(number) : 0);
        return predict(ctx, new Called(model, model.name() + ":" + version.number(), version));
    }

    private Future<Object> predict(RoutingContext ctx, Called called) {
        HttpServerRequest request = ctx.request();
        ContentEncodingCheck.require(request);
        CallContext context = PredictExchange.begin(request, answers, log);
        CallMemory memory = new CallMemory(responses, TOO_LONG);
        Future<RowsInput> input = BodyReader.readByDeadline(
                        request,
                        config.bodies().maxBodyBytes(),
                        config.bodies().bodyTimeout(),
                        context.deadline(),
                        answers.deadlines())
                .compose(body -> work.runIfLong(
                        body.length(),
                        () -> RowsInput.read(body, called.version().inputs())));
        Future<Buffer> output = answers.answer(context, input.map(rows -> call(request, called, rows, context)))
                .compose(response -> ResponseCollector.of(response, memory))
                .compose(body -> work.runIfLong(body.length(), () -> RowsOutput.read(body, memory)))
                .map(rows -> input.result().isOneRow()
                        ? PlainText.of(ctx, rows.first())
                        : Buffer.buffer(Json.writeSpaced(rows)));
        return HeldResponse.send(request, output, memory);
    }

    private PredictCall call(HttpServerRequest request, Called called, RowsInput rows, CallContext context) {
        return new PredictCall(
                called.model().type(),
                called.id(),
                rows.data(),
                PredictExchange.preferences(request, answers),
                context,
                RequestOptions.USUAL);
    }
}
