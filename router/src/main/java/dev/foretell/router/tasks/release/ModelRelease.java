package dev.foretell.router.tasks.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.models.traffic.Rollouts;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.tasks.ServeOrder;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskFiles;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the trained model of a task a version of a registered model: once, however often it is tried. Thread-safe. */
public final class ModelRelease {
    private final ModelRegistry registry;
    private final Uploads uploads;
    private final Rollouts rollouts;
    private final TaskFiles files;

    /**
     * What became of a trained model.
     *
     * @param version its number; 0 if it was not registered
     * @param weight percent of the model's calls that it gets
     * @param refusal why it was not registered; empty if it was
     */
    public record Released(int version, int weight, String refusal) {}

    public ModelRelease(ModelRegistry registry, Uploads uploads, Rollouts rollouts, TaskFiles files) {
        this.registry = registry;
        this.uploads = uploads;
        this.rollouts = rollouts;
        this.files = files;
    }

    /** @throws ServingException CONFLICT if the name belongs to a function or an ensemble */
    public void requireFreeName(String model) {
        uploads.requireFree(model);
    }

    /**
     * Registers the file unless the version that serves is better, and gives it the calls that were ordered.
     *
     * @return fails as {@link Uploads#upload}, or with {@link FailureKind#CONFLICT} if the version that serves is not the one that
     *     it was compared with, or a canary is ordered where the calls are split already
     */
    public Future<Released> release(
            Task task, ServeOrder order, String digest, JsonNode result, PredictService predictions) {
        return registry.reconcile().compose(models -> {
            Optional<RegisteredModel> model = models.find(order.model());
            Optional<ModelVersion> there = model.flatMap(one -> versionOf(one, task.id()));
            if (there.isPresent()) {
                return start(order, there.get().number());
            }
            int serving = model.map(one -> one.traffic().main()).orElse(0);
            Optional<String> refusal = Comparison.refusal(order, serving, result);
            if (refusal.isPresent()) {
                return Future.succeededFuture(new Released(0, 0, refusal.get()));
            }
            model.ifPresent(one -> requireRoomForCanary(order, one));
            return upload(task, order, digest, TaskProvenance.of(task, result, serving), result, predictions)
                    .compose(number -> start(order, number));
        });
    }

    private static Optional<ModelVersion> versionOf(RegisteredModel model, String task) {
        return model.versions().values().stream()
                .filter(version -> task.equals(version.origin().provenance().get(Uploads.TASK)))
                .findFirst();
    }

    private static void requireRoomForCanary(ServeOrder order, RegisteredModel model) {
        if (order.as() == ServeOrder.As.CANARY && shares(model.traffic()) > 1) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "the calls of '" + order.model()
                            + "' are split over several versions already: promote one of them, then"
                            + " retry the task");
        }
    }

    private static long shares(TrafficPlan plan) {
        return plan.weights().values().stream().filter(weight -> weight > 0).count();
    }

    private Future<Integer> upload(
            Task task,
            ServeOrder order,
            String digest,
            Map<String, String> provenance,
            JsonNode result,
            PredictService predictions) {
        Uploads.Wish wish = new Uploads.Wish(null, null, null, sample(result), digest, provenance);
        return files.read(digest)
                .compose(file -> uploads.upload(order.model(), file, () -> wish, predictions)
                        .map(uploaded -> uploaded.version().number())
                        .eventually(file::close));
    }

    private static @Nullable String sample(JsonNode result) {
        return result.path("sample").isObject() ? result.path("sample").toString() : null;
    }

    private Future<Released> start(ServeOrder order, int number) {
        Future<?> started = switch (order.as()) {
            case STAGED -> Future.succeededFuture();
            case CANARY -> startCanary(order, number);
            case PROMOTE -> rollouts.promote(order.model(), number, null);
        };
        return started.map(done -> new Released(number, weight(order.model(), number), ""));
    }

    private int weight(String model, int number) {
        return registry.current()
                .find(model)
                .map(one -> one.traffic().weights().getOrDefault(number, 0))
                .orElse(0);
    }

    /** A version that has calls already keeps them. */
    private Future<RegisteredModel> startCanary(ServeOrder order, int number) {
        RegisteredModel model =
                registry.current().find(order.model()).orElseThrow(() -> Uploads.unknown(order.model()));
        TrafficPlan before = model.traffic();
        if (before.weights().getOrDefault(number, 0) > 0) {
            return Future.succeededFuture(model);
        }
        TrafficPlan plan = before.main() == 0
                ? TrafficPlan.allTo(number)
                : new TrafficPlan(
                        Map.of(before.main(), 100 - order.weight(), number, order.weight()),
                        TrafficPlan.Canary.of(number),
                        before.shadow(),
                        null);
        return rollouts.plan(order.model(), plan, before.weights());
    }

    /** Takes back the version of a task that was cancelled while it was registered; the version before gets its calls. */
    public Future<Void> withdraw(Task task) {
        ServeOrder order = task.order().serve();
        return order == null
                ? Future.succeededFuture()
                : registry.reconcile()
                        .map(models -> models.find(order.model()).flatMap(model -> versionOf(model, task.id())))
                        .compose(version -> version.map(one -> uploads.withdraw(
                                        order.model(), one.number(), TaskProvenance.replaced(one.origin())))
                                .orElseGet(Future::succeededFuture));
    }

    /** The tables that versions were trained on. */
    public Set<String> tables() {
        return registry.current().byName().values().stream()
                .flatMap(model -> model.versions().values().stream())
                .flatMap(version -> TaskProvenance.table(version.origin()).stream())
                .collect(Collectors.toSet());
    }
}
