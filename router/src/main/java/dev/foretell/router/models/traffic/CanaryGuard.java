package dev.foretell.router.models.traffic;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rolls back canaries that fail more often, or are slower, than the other versions: at once on this router, then for
 * all routers, unless somebody has changed the plan in the meantime. Thread-safe.
 */
public final class CanaryGuard {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryGuard.class);

    private final VersionTraffic traffic;
    private final ModelRegistry registry;
    private final Clock clock;
    private volatile BiConsumer<ModelKey, String> verdicts = (model, why) -> {};

    /** Judges each canary as soon as it has had enough calls, and then at each {@link #look}. */
    public CanaryGuard(VersionTraffic traffic, ModelRegistry registry, Clock clock) {
        this.traffic = traffic;
        this.registry = registry;
        this.clock = clock;
        traffic.onDue(this::judge);
    }

    /** Calls the listener with each model whose canary this router rolls back, and why. */
    public void onVerdict(BiConsumer<ModelKey, String> listener) {
        verdicts = listener;
    }

    /** Judges all canaries. Call it every second. */
    public Future<Void> look() {
        traffic.all().forEach(this::judge);
        return Future.succeededFuture();
    }

    private void judge(ModelTraffic model) {
        model.breach().ifPresent(why -> takeBack(model, why));
    }

    private void takeBack(ModelTraffic judged, String why) {
        TrafficPlan.Canary canary = judged.plan().canary();
        if (canary == null) {
            return;
        }
        TrafficPlan instead =
                judged.plan().without(canary.version(), clock.instant().truncatedTo(ChronoUnit.SECONDS) + ": " + why);
        traffic.takeBack(judged, instead);
        LOG.info("{}: {}", judged.model().key(), why);
        verdicts.accept(judged.model().key(), why);
        registry.update(judged.model().name(), before -> before.map(model -> replace(model, judged.plan(), instead)))
                .onFailure(e -> LOG.warn(
                        "{}: the rollback of the canary is not stored yet: {}",
                        judged.model().key(),
                        e.getMessage()));
    }

    private static RegisteredModel replace(RegisteredModel model, TrafficPlan judged, TrafficPlan instead) {
        return model.traffic().equals(judged) ? model.withPlan(instead) : model;
    }
}
