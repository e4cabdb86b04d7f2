package dev.foretell.router.store;

import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.ensemble.Ensembles;
import dev.foretell.router.ensemble.EnsemblesChange;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.hash.JsonForm;
import dev.foretell.router.store.hash.JsonValues;
import dev.foretell.router.store.hash.RevisedHash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** The ensembles in Redis: a field each. Thread-safe. */
final class RedisEnsembles implements EnsembleRegistry.Store {
    private static final JsonForm<Ensemble> FORM = new JsonForm<>(Ensemble.class);

    private final JsonValues<Ensemble> values;

    RedisEnsembles(Vertx vertx, RedisConnection redis, Keys keys) {
        RevisedHash hash = new RevisedHash(
                vertx,
                redis,
                keys.of("ensembles"),
                keys.of("ensembles-revision"),
                keys.of("ensemble-changes"),
                "ensembles");
        values = new JsonValues<>(hash, FORM);
    }

    /** What cannot be read, for people. */
    List<String> unreadable() {
        return values.unreadable();
    }

    @Override
    public Future<Ensembles> load() {
        return values.load(Ensembles::new);
    }

    @Override
    public Future<Void> commit(EnsemblesChange change) {
        return values.commit(change.base(), change.revision(), change.ensembles());
    }

    @Override
    public Future<Void> reseed(Ensembles all) {
        return values.reseed(all.revision(), all.byName());
    }

    @Override
    public void listen(Consumer<EnsemblesChange> listener) {
        values.listen(EnsemblesChange::new, listener);
    }
}
