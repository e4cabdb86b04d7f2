package dev.foretell.router.http.dashboard;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.overview.CallRates;
import dev.foretell.router.overview.Observer;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The models for the dashboard: functions, model files and ensembles, by name. */
record ModelItems(EndpointPools pools, ModelRegistry registry, EnsembleRegistry ensembles, Observer observer) {
    Page.Items<ModelItem> list(Page page) {
        TreeSet<ModelKey> all = new TreeSet<>(pools.modelsOfUsers());
        registry.current().byName().values().forEach(model -> all.add(model.key()));
        ensembles.current().byName().values().forEach(ensemble -> all.add(ensemble.key()));
        return page.cut(
                new ArrayList<>(
                        all.stream().filter(key -> page.matches(key.toString())).toList()),
                this::item);
    }

    /** One model; empty if there is none. */
    Optional<ModelItem> find(ModelKey key) {
        boolean exists = pools.serves(key)
                || registered(key).isPresent()
                || ensemble(key).isPresent();
        return exists ? Optional.of(item(key)) : Optional.empty();
    }

    Optional<RegisteredModel> registered(ModelKey key) {
        return registry.current().find(key.name()).filter(model -> model.key().equals(key));
    }

    private Optional<Ensemble> ensemble(ModelKey key) {
        return Optional.ofNullable(ensembles.current().byName().get(key.name()))
                .filter(ensemble -> ensemble.key().equals(key));
    }

    private ModelItem item(ModelKey key) {
        Optional<RegisteredModel> file = registered(key);
        boolean isEnsemble = ensemble(key).isPresent();
        ModelItem.Workers workers = workers(key, file);
        CallRates.OfModel rates = observer.rates(key.toString());
        return new ModelItem(
                new ModelItem.Name(key.type(), key.name(), kind(isEnsemble, file.isPresent())),
                file.map(ModelItems::versions).orElse(ModelItem.Versions.NONE),
                isEnsemble ? ModelItem.State.READY : state(file, workers),
                new ModelItem.Calls(
                        rates.callsPerSecond(),
                        rates.errorsPerSecond(),
                        observer.history().latestP99(key.toString(), observer.second())),
                workers);
    }

    private static ModelItem.Kind kind(boolean isEnsemble, boolean isFile) {
        if (isEnsemble) {
            return ModelItem.Kind.ENSEMBLE;
        }
        return isFile ? ModelItem.Kind.FILE : ModelItem.Kind.FUNCTION;
    }

    private static ModelItem.Versions versions(RegisteredModel model) {
        return new ModelItem.Versions(List.copyOf(model.versions().keySet()), model.aliases());
    }

    private static ModelItem.State state(Optional<RegisteredModel> file, ModelItem.Workers workers) {
        if (file.isPresent() && !file.get().servesCalls()) {
            return ModelItem.State.UNLOADED;
        }
        if (workers.ready() == 0) {
            return ModelItem.State.DOWN;
        }
        return workers.ready() < workers.total() ? ModelItem.State.DEGRADED : ModelItem.State.READY;
    }

    private ModelItem.Workers workers(ModelKey key, Optional<RegisteredModel> file) {
        List<Endpoint> all = new ArrayList<>();
        pools.find(key).map(EndpointPool::endpoints).ifPresent(all::addAll);
        file.ifPresent(model -> model.versions()
                .keySet()
                .forEach(version -> pools.find(key.version(version))
                        .map(EndpointPool::endpoints)
                        .ifPresent(all::addAll)));
        int ready = (int) all.stream().filter(Endpoint::isRoutable).count();
        return new ModelItem.Workers(ready, all.size());
    }
}
