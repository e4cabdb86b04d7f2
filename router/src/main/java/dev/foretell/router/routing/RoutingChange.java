package dev.foretell.router.routing;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import java.util.Map;
import java.util.Optional;

/**
 * One step of the routing table: the models that differ, each with what it is afterwards (empty: gone).
 *
 * @param base the revision the change was worked out on; it applies to no other
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
