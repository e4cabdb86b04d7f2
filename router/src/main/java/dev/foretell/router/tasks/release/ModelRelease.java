package dev.foretell.router.tasks.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final SearchEnsemble ensemble;

    /**
     * What became of a trained model.
     *
     * @param version its number; 0 if it was not registered
     * @param weight percent of the model's calls that it gets
     * @param refusal why it was not registered; empty if it was
     * @param members the versions of the ensemble that was ordered, such as {@code iris:1}; none without one
     */
    public record Released(int version, int weight, String refusal, List<String> members) {
        public Released {
            members = List.copyOf(members);
        }
    }

    public ModelRelease(
            ModelRegistry registry, Uploads uploads, Rollouts rollouts, TaskFiles files, SearchEnsemble ensemble) {
        this.registry = registry;
        this.uploads = uploads;
        this.rollouts = rollouts;
        this.files = files;
        this.ensemble = ensemble;
    }

    /** @throws ServingException CONFLICT if a name belongs to a function, or to an ensemble or a model where it must not */
    public void requireFreeNames(ServeOrder order) {
        uploads.requireFree(order.model());
        if (!order.ensemble().isEmpty()) {
            ensemble.requireFree(new ModelKey(uploads.typeOf(order.model()), order.ensemble()));
        }
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
            Optional<ModelVersion> there = model.flatMap(one -> versionOf(one, task.id(), null));
            if (there.isPresent()) {
                return start(order, there.get().number())
                        .compose(done -> withEnsemble(task, order, result, done, predictions));
            }
            int serving = model.map(one -> one.traffic().main()).orElse(0);
            Optional<String> refusal = Comparison.refusal(order, serving, result);
            if (refusal.isPresent()) {
                return Future.succeededFuture(new Released(0, 0, refusal.get(), List.of()));
            }
            model.ifPresent(one -> requireRoomForCanary(order, one));
            return upload(order, digest, TaskProvenance.of(task, result, serving), result, predictions)
                    .compose(number -> start(order, number))
                    .compose(done -> withEnsemble(task, order, result, done, predictions));
        });
    }

    /** @param rank its place in the provenance; null for the best */
    private static Optional<ModelVersion> versionOf(RegisteredModel model, String task, @Nullable String rank) {
        return versionsOf(model, task).stream()
                .filter(version ->
                        Objects.equals(rank, version.origin().provenance().get(Uploads.RANK)))
                .findFirst();
    }

    private static List<ModelVersion> versionsOf(RegisteredModel model, String task) {
        return model.versions().values().stream()
                .filter(version -> task.equals(version.origin().provenance().get(Uploads.TASK)))
                .toList();
    }

    /** Registers the models behind the best, which get no calls of their own, and then all of them as an ensemble. */
    private Future<Released> withEnsemble(
            Task task, ServeOrder order, JsonNode result, Released best, PredictService predictions) {
        if (order.ensemble().isEmpty()) {
            return Future.succeededFuture(best);
        }
        Future<?> registered = Future.succeededFuture();
        for (int i = 0; i < result.path("runners_up").size(); i++) {
            int rank = i + 2;
            registered = registered.compose(before -> registerRunnerUp(task, order, result, rank, predictions));
        }
        return registered.compose(all -> {
            RegisteredModel model = require(order);
            List<ModelVersion> members = versionsOf(model, task.id());
            List<String> names = members.stream()
                    .map(version -> model.name() + ":" + version.number())
                    .toList();
            return ensemble.put(order.ensemble(), model, members)
                    .map(new Released(best.version(), best.weight(), "", names));
        });
    }

    private Future<?> registerRunnerUp(
            Task task, ServeOrder order, JsonNode result, int rank, PredictService predictions) {
        RegisteredModel model = require(order);
        ModelVersion best = versionOf(model, task.id(), null).orElseThrow(() -> Uploads.unknown(order.model()));
        return versionOf(model, task.id(), String.valueOf(rank)).isPresent()
                ? Future.succeededFuture()
                : upload(
                        order,
                        result.path("runners_up").path(rank - 2).asText(),
                        TaskProvenance.behind(best.origin().provenance(), result, rank),
                        result,
                        predictions);
    }

    private RegisteredModel require(ServeOrder order) {
        return registry.current().find(order.model()).orElseThrow(() -> Uploads.unknown(order.model()));
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
        return started.map(done -> new Released(number, weight(order.model(), number), "", List.of()));
    }

    private int weight(String model, int number) {
        return registry.current()
                .find(model)
                .map(one -> one.traffic().weights().getOrDefault(number, 0))
                .orElse(0);
    }

    /** A version that has calls already keeps them. */
    private Future<RegisteredModel> startCanary(ServeOrder order, int number) {
        RegisteredModel model = require(order);
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

    /**
     * Takes back the versions of a task that was cancelled while they were registered, and their ensemble; the version before gets
     * their calls.
     */
    public Future<Void> withdraw(Task task) {
        ServeOrder order = task.order().serve();
        return order == null
                ? Future.succeededFuture()
                : registry.reconcile()
                        .compose(models -> models.find(order.model())
                                .map(model -> withdraw(order, model, versionsOf(model, task.id())))
                                .orElseGet(Future::succeededFuture));
    }

    private Future<Void> withdraw(ServeOrder order, RegisteredModel model, List<ModelVersion> versions) {
        Future<Void> gone = versions.isEmpty() || order.ensemble().isEmpty()
                ? Future.succeededFuture()
                : ensemble.withdraw(order.ensemble(), model, versions);
        for (ModelVersion version : versions) {
            gone = gone.compose(before -> uploads.withdraw(
                    order.model(), version.number(), TaskProvenance.replacedVersion(version.origin())));
        }
        return gone;
    }

    /** The tasks that registered versions since a moment, in milliseconds since 1970. */
    public Set<String> tasksSince(long moment) {
        return registry.current().byName().values().stream()
                .flatMap(model -> model.versions().values().stream())
                .filter(version -> version.origin().createdMs() >= moment)
                .flatMap(version ->
                        Optional.ofNullable(version.origin().provenance().get(Uploads.TASK)).stream())
                .collect(Collectors.toSet());
    }

    /** The tables that versions were trained on. */
    public Set<String> tables() {
        return registry.current().byName().values().stream()
                .flatMap(model -> model.versions().values().stream())
                .flatMap(version -> TaskProvenance.table(version.origin()).stream())
                .collect(Collectors.toSet());
    }
}
