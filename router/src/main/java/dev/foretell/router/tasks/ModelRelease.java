package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.models.traffic.Rollouts;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the trained model of a task a version of a registered model: once, however often it is tried. Thread-safe. */
public final class ModelRelease {
    private static final int MAX_TEXT = 1000;

    private final ModelRegistry registry;
    private final Uploads uploads;
    private final Rollouts rollouts;
    private final TaskFiles files;

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
     * Registers the file, and promotes it where that was ordered.
     *
     * @return the number of the version; fails as {@link Uploads#upload}
     */
    public Future<Integer> release(
            Task task, ServeOrder order, String digest, JsonNode result, PredictService predictions) {
        return registry.reconcile()
                .map(models -> models.find(order.model()).flatMap(model -> versionOf(model, task.id())))
                .compose(there -> there.isPresent()
                        ? Future.succeededFuture(there.get().number())
                        : upload(task, order, digest, result, predictions))
                .compose(number -> promote(order, number));
    }

    private static Optional<ModelVersion> versionOf(RegisteredModel model, String task) {
        return model.versions().values().stream()
                .filter(version -> task.equals(version.origin().provenance().get(Uploads.TASK)))
                .findFirst();
    }

    private Future<Integer> upload(
            Task task, ServeOrder order, String digest, JsonNode result, PredictService predictions) {
        Uploads.Wish wish = new Uploads.Wish(null, null, null, sample(result), digest, provenance(task, result));
        return files.read(digest)
                .compose(file -> uploads.upload(order.model(), file, () -> wish, predictions)
                        .map(uploaded -> uploaded.version().number())
                        .eventually(file::close));
    }

    private static @Nullable String sample(JsonNode result) {
        return result.path("sample").isObject() ? result.path("sample").toString() : null;
    }

    private static Map<String, String> provenance(Task task, JsonNode result) {
        Map<String, String> provenance = new TreeMap<>();
        provenance.put(Uploads.TASK, task.id());
        provenance.put("trainer", task.run().trainer());
        provenance.put("data", "sha256:" + task.order().data().digest());
        provenance.put("parameters", cut(task.order().parameters().toString()));
        if (result.path("metrics").isObject()) {
            provenance.put("metrics", cut(result.path("metrics").toString()));
        }
        return provenance;
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    private Future<Integer> promote(ServeOrder order, int number) {
        return order.as() == ServeOrder.As.PROMOTE
                ? rollouts.promote(order.model(), number, null).map(number)
                : Future.succeededFuture(number);
    }
}
