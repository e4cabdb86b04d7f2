package dev.foretell.router.models;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back canaries that fail more often, or are slower, than the versions beside them: at once on this router, then for all,
 * unless somebody has changed the plan meanwhile. Thread-safe.
 */
public final class CanaryGuard {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryGuard.class);

    private final VersionTraffic traffic;
    private final ModelRegistry registry;

    public CanaryGuard(VersionTraffic traffic, ModelRegistry registry) {
        this.traffic = traffic;
        this.registry = registry;
    }

    /** Looks at all canaries; to be called every second. */
    public Future<Void> look() {
        traffic.all().forEach(model -> model.breach().ifPresent(why -> takeBack(model, why)));
        return Future.succeededFuture();
    }

    private void takeBack(ModelTraffic judged, String why) {
        TrafficPlan.Canary canary = judged.plan().canary();
        if (canary == null) {
            return;
        }
        TrafficPlan instead = judged.plan().without(canary.version(), why);
        traffic.takeBack(judged, instead);
        LOG.info("{}: {}", judged.model().key(), why);
        registry.update(judged.model().name(), before -> before.map(model -> replaced(model, judged.plan(), instead)))
                .onFailure(e -> LOG.warn(
                        "{}: the registry does not know yet that the canary is taken back: {}",
                        judged.model().key(),
                        e.getMessage()));
    }

    private static RegisteredModel replaced(RegisteredModel model, TrafficPlan judged, TrafficPlan instead) {
        return model.traffic().equals(judged) ? model.routed(instead) : model;
    }
}
