package dev.foretell.router.http.mlserving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.message.PlainText;
import dev.foretell.router.http.tasks.OrderQueue;
import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.http.tasks.TasksApi;
import dev.foretell.router.tasks.Task;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** {@code /train_decision_tree}: fits a classifier to Iris, and answers when it is saved. Each event loop has one. */
final class TrainingApi {
    private final TaskServices services;
    private final OrderQueue orders;
    private final HostCheck hosts;

    TrainingApi(TaskServices services, HostCheck hosts) {
        this.services = services;
        this.orders = new OrderQueue(services);
        this.hosts = hosts;
    }

    /** A HEAD, which must change nothing, trains nothing. */
    Future<Object> train(RoutingContext ctx) {
        Classifier classifier = Classifier.ofName(ctx.pathParam("classifier"));
        if (ctx.request().method() == HttpMethod.HEAD) {
            return Future.succeededFuture(PlainText.of(ctx, ""));
        }
        TaskEnd end = TaskEnd.of(ctx, services);
        return hosts.require()
                .compose(there -> orders.queue(IrisOrder.of(classifier), ""))
                .compose(end::await)
                .map(task -> answer(ctx, classifier, task));
    }

    private static Object answer(RoutingContext ctx, Classifier classifier, Task task) {
        String url = TasksApi.TASKS + "/" + task.id();
        ctx.response().putHeader(HttpHeaders.LOCATION, url);
        return switch (task.state()) {
            case SUCCEEDED -> PlainText.of(ctx, describe(classifier, result(task)));
            case QUEUED, RUNNING -> {
                ctx.response().setStatusCode(202);
                yield PlainText.of(
                        ctx, "The " + classifier.words() + " is still in training: GET " + url + " shows how far.");
            }
            case FAILED ->
                throw new ServingException(
                        FailureKind.WORKER_FAILED,
                        "task " + task.id() + " failed: " + task.outcome().error());
            case CANCELLED -> throw new ServingException(FailureKind.CONFLICT, "task " + task.id() + " was cancelled");
        };
    }

    private static JsonNode result(Task task) {
        JsonNode result = task.outcome().result();
        return result == null ? MissingNode.getInstance() : result;
    }

    private static String describe(Classifier classifier, JsonNode result) {
        String version = result.at("/served/version").asText();
        JsonNode accuracy = result.at("/metrics/accuracy");
        String found = accuracy.isNumber() ? String.format(Locale.ROOT, ", accuracy %.3f", accuracy.asDouble()) : "";
        return "The " + classifier.words() + " is fitted to Iris and saved: version " + version + found
                + ". Predict at /serve_" + classifier.word() + ", or by this version at " + MlServingApi.VERSIONS
                + classifier.model() + "/" + version + ".";
    }
}
