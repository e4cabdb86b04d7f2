package dev.foretell.router.http.oip.model;

import dev.foretell.router.ensemble.EnsembleCheck;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.upstream.pool.EndpointPools;

/** What models take and give, as their metadata at {@code /v2} says. Thread-safe. */
public final class KnownTensors implements EnsembleCheck.KnownModels {
    private final OipModels models;

    public KnownTensors(ModelRegistry registry, EnsembleRegistry ensembles, EndpointPools pools) {
        this.models = new OipModels(registry, ensembles, pools);
    }

    @Override
    public EnsembleCheck.Tensors find(String id) {
        OipModel model = models.find(id, null);
        return new EnsembleCheck.Tensors(model.inputs(), model.outputs());
    }
}
