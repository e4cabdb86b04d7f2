package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Names;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.SmallBody;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.tasks.ClaimQueue;
import dev.foretell.router.tasks.ServeOrder;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskState;
import dev.foretell.router.tasks.Trainers;
import dev.foretell.router.tasks.release.ModelRelease;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/** {@code /v1/trainers}: how trainers claim, report and finish tasks. Each event loop has one. */
public final class TrainersApi implements RouteGroup {
    static final String TRAINER = "/v1/trainers/:trainer";
    static final String TASK = TRAINER + "/tasks/:task";
    static final long MAX_WAIT_MS = 30_000;
    private static final int MAX_ERROR = 4000;

    private final TaskServices services;
    private final Trainers trainers;
    private final ClaimQueue claims;
    private final ModelRelease release;
    private final PredictService predictions;

    public TrainersApi(TaskServices services, PredictService predictions) {
        this.services = services;
        this.trainers = services.forTrainers().trainers();
        this.claims = services.forTrainers().claims();
        this.release = services.forTrainers().release();
        this.predictions = predictions;
    }

    @Override
    public void addTo(Routes routes) {
        routes.change(HttpMethod.POST, TRAINER + "/claim", this::claim);
        routes.change(HttpMethod.POST, TASK + "/heartbeat", this::heartbeat);
        routes.change(HttpMethod.POST, TASK + "/finish", this::finish);
        routes.change(HttpMethod.POST, TASK + "/release", this::giveBack);
    }

    static String trainer(RoutingContext ctx) {
        String name = ctx.pathParam("trainer");
        if (!Names.isValid(name)) {
            throw BodyFields.wrong("a trainer's name must be " + Names.RULE);
        }
        return name;
    }

    private Future<Object> claim(RoutingContext ctx) {
        String name = trainer(ctx);
        return SmallBody.json(ctx.request())
                .map(json -> new BodyFields("the body", json).only("wait_ms", "engines"))
                .compose(body -> claim(
                        ctx,
                        new Trainers.Claimant(name, EnginesReader.engines(body)),
                        body.number("wait_ms", 0, MAX_WAIT_MS, 0)))
                .map(claimed -> claimed.<Object>map(task -> ClaimView.of(task, leaseMs()))
                        .orElseGet(() -> nothing(ctx)));
    }

    private Future<Optional<Trainers.Claimed>> claim(RoutingContext ctx, Trainers.Claimant trainer, long waitMs) {
        return trainers.hear(trainer, Duration.ofMillis(waitMs))
                .otherwiseEmpty()
                .compose(heard -> waitMs == 0 ? trainers.claim(trainer) : await(ctx, trainer, waitMs));
    }

    private Future<Optional<Trainers.Claimed>> await(RoutingContext ctx, Trainers.Claimant trainer, long waitMs) {
        ClaimQueue.Wait wait = claims.enter(trainer);
        long timer = ctx.vertx().setTimer(waitMs, late -> claims.leave(wait));
        ctx.response().closeHandler(gone -> claims.leave(wait));
        if (ctx.response().closed()) {
            claims.leave(wait);
        }
        claims.serve();
        return wait.outcome().andThen(done -> ctx.vertx().cancelTimer(timer));
    }

    private Future<Object> heartbeat(RoutingContext ctx) {
        String name = trainer(ctx);
        return SmallBody.json(ctx.request())
                .map(json -> new BodyFields("the body", json).only("fence", "progress", "log", "checkpoint"))
                .compose(body -> trainers.report(TaskId.of(ctx), fence(body), ReportReader.read(body)))
                .map(task -> new Heard(task.state(), name));
    }

    private Future<Object> giveBack(RoutingContext ctx) {
        trainer(ctx);
        return SmallBody.json(ctx.request())
                .map(json -> new BodyFields("the body", json).only("fence", "log", "checkpoint"))
                .compose(body -> trainers.giveBack(TaskId.of(ctx), fence(body), ReportReader.read(body)))
                .map(TaskView::of);
    }

    private long leaseMs() {
        return services.config().get().leases().lease().toMillis();
    }

    static Buffer nothing(RoutingContext ctx) {
        ctx.response().setStatusCode(204);
        return Buffer.buffer();
    }

    /** The response to a trainer that still has its task. */
    private record Heard(TaskState state, String trainer) {}

    static long fence(BodyFields body) {
        if (!body.has("fence")) {
            throw BodyFields.wrong("fence is missing: the number that the claim was answered with");
        }
        return body.number("fence", 0, Long.MAX_VALUE, 0);
    }

    private Future<Object> finish(RoutingContext ctx) {
        trainer(ctx);
        String difference = TrainerRelease.difference(ctx.request().getHeader(HttpHeaders.USER_AGENT));
        return SmallBody.json(ctx.request())
                .map(json -> new BodyFields("the body", json)
                        .only("fence", "outcome", "result", "model", "error", "progress", "log"))
                .compose(body -> finish(TaskId.of(ctx), body, difference))
                .map(TaskView::of);
    }

    /** @param difference how the trainer's release differs, for a task that FAILED; empty if it does not */
    private Future<Task> finish(String id, BodyFields body, String difference) {
        boolean failed = body.require("outcome", 20).equals("FAILED");
        if (!failed && !body.text("outcome", 20).equals("SUCCEEDED")) {
            throw BodyFields.wrong("outcome must be SUCCEEDED or FAILED");
        }
        String error = failed ? body.require("error", MAX_ERROR) + difference : "";
        ObjectNode result = ReportReader.result(body);
        String digest = body.text("model", 64);
        return trainers.requireHolder(id, fence(body))
                .compose(task -> withModel(result, digest).map(task))
                .compose(task -> failed ? fail(id, body, error, result) : succeed(task, body, digest, result));
    }

    private Future<Task> fail(String id, BodyFields body, String error, ObjectNode result) {
        return trainers.fail(id, fence(body), error, result.isEmpty() ? null : result, ReportReader.read(body));
    }

    private Future<Task> succeed(Task task, BodyFields body, String digest, ObjectNode result) {
        return release(task, digest, result)
                .transform(done -> done.succeeded()
                        ? end(task, body, result)
                        : failUnlessPassing(task.id(), body, done.cause(), result));
    }

    private Future<Task> end(Task task, BodyFields body, ObjectNode result) {
        return trainers.succeed(task.id(), fence(body), result, ReportReader.read(body))
                .recover(failure -> withdrawIfCancelled(task).transform(done -> Future.failedFuture(failure)));
    }

    /** A task that another trainer has by now finds its version again. */
    private Future<Void> withdrawIfCancelled(Task task) {
        return services.tasks()
                .find(task.id())
                .compose(found -> found.map(Task::state).orElse(TaskState.CANCELLED) == TaskState.CANCELLED
                        ? release.withdraw(task)
                        : Future.succeededFuture());
    }

    private Future<ObjectNode> withModel(ObjectNode result, String digest) {
        return digest.isEmpty()
                ? Future.succeededFuture(result)
                : services.files().length(digest).map(bytes -> {
                    result.putObject("model").put("digest", digest).put("bytes", bytes);
                    return result;
                });
    }

    private Future<ObjectNode> release(Task task, String digest, ObjectNode result) {
        ServeOrder order = task.order().serve();
        if (order == null) {
            return Future.succeededFuture(result);
        }
        if (digest.isEmpty()) {
            throw BodyFields.wrong("model is missing: the digest of the trained model, sent to /v1/task-files");
        }
        return release.release(task, order, digest, result, predictions)
                .map(released -> withServed(result, order, released));
    }

    private static ObjectNode withServed(ObjectNode result, ServeOrder order, ModelRelease.Released released) {
        if (!released.refusal().isEmpty()) {
            return result.put("not_served", released.refusal());
        }
        ObjectNode served = result.putObject("served")
                .put("model", order.model())
                .put("version", released.version())
                .put("weight", released.weight())
                .put("url", "/v2/models/" + order.model() + "/versions/" + released.version() + "/infer");
        if (!released.members().isEmpty()) {
            served.put("ensemble", order.ensemble());
            released.members().forEach(served.putArray("members")::add);
        }
        return result;
    }

    /** After a temporary failure the trainer tries again. A permanent one ends the task; its model is kept. */
    private Future<Task> failUnlessPassing(String id, BodyFields body, Throwable cause, ObjectNode result) {
        return cause instanceof ServingException failure && !isPassing(failure.kind())
                ? fail(id, body, "the model was trained, but is not served: " + failure.detail(), result)
                : Future.failedFuture(cause);
    }

    private static boolean isPassing(FailureKind kind) {
        return Problem.of(kind).status() >= 429;
    }
}
