package dev.foretell.router.routing;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import java.util.Map;
import java.util.Optional;

/**
 * One step of the routing table: the changed models with their new values (empty: removed).
 *
 * @param base the revision that the change is based on; it applies to no other
 */
public record RoutingChange(long base, Map<ModelKey, Optional<RoutingMap.Model>> models) implements SharedState.Step {
    public RoutingChange {
        models = Map.copyOf(models);
    }

    @Override
    public long revision() {
        return models.isEmpty() ? base : base + 1;
    }
}
