package dev.foretell.router.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Directs the calls of registered models: {@code iris} by the model's plan, {@code iris:prod} to the version of that alias.
 * {@code iris:2} is the id of a version, and needs no directing. Thread-safe.
 */
public final class VersionTraffic implements Traffic {
    private final Supplier<RandomGenerator> random;
    private volatile Map<String, Map<String, Split>> types = Map.of();

    public VersionTraffic(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    /** Goes by the plans of these models from now on. */
    public void follow(Models models) {
        Map<String, Map<String, Split>> next = new HashMap<>();
        models.byName().values().forEach(model -> {
            Map<String, Split> ids = next.computeIfAbsent(model.type(), type -> new HashMap<>());
            ids.put(model.name(), new Split(model.name(), model.traffic().weights()));
            model.aliases()
                    .forEach((alias, version) ->
                            ids.put(model.name() + ":" + alias, new Split(model.name(), Map.of(version, 100))));
        });
        types = next;
    }

    @Override
    public PredictCall direct(PredictCall call) {
        Map<String, Map<String, Split>> now = types;
        if (now.isEmpty()) {
            return call;
        }
        Map<String, Split> ids = now.get(call.type());
        Split split = ids == null ? null : ids.get(call.modelId());
        return split == null ? call : call.readdressed(choose(split, call));
    }

    private String choose(Split split, PredictCall call) {
        if (split.isEmpty()) {
            throw new ServingException(
                    FailureKind.NO_WORKER,
                    "no version of model '" + call.modelId() + "' takes calls; ask for one by its number, like "
                            + call.modelId() + ":1");
        }
        return split.choose(call.stickyKey(), random.get());
    }

    @Override
    public @Nullable Watch watch(PredictCall call) {
        return null;
    }
}
