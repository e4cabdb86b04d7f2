package dev.foretell.router;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.EnsembleCheck;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.ensemble.call.LiveEnsembles;
import dev.foretell.router.ensemble.call.MemberCalls;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.oip.model.KnownTensors;
import dev.foretell.router.models.ClassLabels;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.call.ResponseMemory;
import java.util.List;

/** The router's services for ensembles: the registry, the calls, and the check of new ones. */
record EnsembleServices(EnsembleRegistry registry, LiveEnsembles live, EnsembleCheck check, String defaultType) {
    /** @param defaultType the model type of ensembles without a type */
    static EnsembleServices of(
            EnsembleRegistry registry,
            Fleet fleet,
            ModelRegistry models,
            BackgroundWork work,
            ResponseMemory memory,
            String defaultType) {
        ClassLabels labels = new ClassLabels();
        LiveEnsembles live = new LiveEnsembles(new MemberCalls(
                System::nanoTime,
                work::runIfLong,
                memory,
                (version, output) -> models.versionOf(version)
                        .map(one -> labels.of(one, output))
                        .orElse(List.of())));
        models.checkNames(registry::requireFree);
        models.askBeforeRemoval(registry::usersOf);
        fleet.pools().alsoCalled(live::names);
        registry.onChange((before, after) -> live.follow(after));
        return new EnsembleServices(
                registry,
                live,
                new EnsembleCheck(
                        key -> isModel(key, fleet.tables(), models),
                        new KnownTensors(models, registry, fleet.pools(), labels)),
                defaultType);
    }

    private static boolean isModel(ModelKey key, RoutingTables tables, ModelRegistry models) {
        return tables.current().models().containsKey(key)
                || models.current().find(key.name()).isPresent();
    }
}
