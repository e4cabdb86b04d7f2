package dev.foretell.router.http.oip;

import dev.foretell.commons.tensor.TensorBinary;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.DirectCall;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.oip.model.ArgumentsModel;
import dev.foretell.router.http.oip.model.FileModel;
import dev.foretell.router.http.oip.model.OipModel;
import dev.foretell.router.http.oip.model.OipModels;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v2/models/{model}/infer}; bypasses the routes if its URL needs no decoding. Each event loop has one. */
final class InferApi implements DirectCall {
    private final OipModels models;
    private final PredictService answers;
    private final AccessLog log;
    private final Readiness readiness;
    private final HttpConfig config;
    private final ProblemHandler problems = new ProblemHandler(new OipErrors());
    private final FileInference files;
    private final FunctionInference functions;

    InferApi(OipModels models, PredictService answers, AccessLog log, RouteSupport support) {
        this.models = models;
        this.answers = answers;
        this.log = log;
        this.readiness = support.readiness();
        this.config = support.config();
        this.files = new FileInference(answers, support.work());
        this.functions = new FunctionInference(answers, support.work(), support.responses());
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        return request.method() == HttpMethod.POST && InferTarget.of(request.path()) != null;
    }

    @Override
    public void answer(HttpServerRequest request) {
        readiness.requireRestored();
        InferTarget target = Objects.requireNonNull(InferTarget.of(request.path()));
        infer(request, target.model(), target.version()).onFailure(failure -> problems.answer(request, failure));
    }

    /** Handles a URL that needs decoding. */
    Future<Object> infer(RoutingContext ctx) {
        return infer(ctx.request(), ctx.pathParam("model"), ctx.pathParam("version"));
    }

    private Future<Object> infer(HttpServerRequest request, String name, @Nullable String version) {
        Deadline deadline = answers.deadline(request.getHeader(Headers.TIMEOUT_MS));
        ContentEncodingCheck.require(request);
        OipModel model = models.find(name, version);
        return body(request, deadline)
                .map(body -> call(request, body, deadline))
                .compose(call -> model instanceof FileModel file
                        ? files.infer(file, call)
                        : functions.infer((ArgumentsModel) model, call));
    }

    private Future<Buffer> body(HttpServerRequest request, Deadline deadline) {
        Duration left = Duration.ofNanos(deadline.atNanos() - deadline.fromNanos());
        Duration longest = left.compareTo(config.bodies().bodyTimeout()) < 0
                ? left
                : config.bodies().bodyTimeout();
        return BodyReader.readWithin(request, config.bodies().maxBodyBytes(), longest, answers.deadlines());
    }

    private InferCall call(HttpServerRequest request, Buffer body, Deadline deadline) {
        int jsonLength = TensorBinary.jsonLength(request.getHeader(Headers.INFER_JSON_LENGTH), body.length());
        return new InferCall(request, body, jsonLength, deadline, answers, log);
    }
}
