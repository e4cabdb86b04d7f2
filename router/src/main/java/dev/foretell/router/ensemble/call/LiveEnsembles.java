package dev.foretell.router.ensemble.call;

import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.Ensembles;
import dev.foretell.router.predict.EnsembleLookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ensembles that can be called now: one volatile read, and two map look-ups if there are any. Thread-safe. */
public final class LiveEnsembles implements EnsembleLookup {
    private final MemberCalls calls;
    private volatile Map<String, Map<String, LiveEnsemble>> types = Map.of();
    /** Null unless some entry cannot be read. */
    private volatile @Nullable Ensembles unreadable;

    public LiveEnsembles(MemberCalls calls) {
        this.calls = calls;
    }

    /** Replaces the ensembles. One that keeps its name and type keeps its counts. */
    public synchronized void follow(Ensembles ensembles) {
        Map<String, Map<String, LiveEnsemble>> next = new HashMap<>();
        ensembles
                .byName()
                .values()
                .forEach(ensemble -> next.computeIfAbsent(ensemble.type(), type -> new HashMap<>())
                        .put(ensemble.name(), live(ensemble)));
        types = next;
        unreadable = ensembles.unreadable().isEmpty() ? null : ensembles;
    }

    private LiveEnsemble live(Ensemble ensemble) {
        LiveEnsemble before = types.getOrDefault(ensemble.type(), Map.of()).get(ensemble.name());
        if (before == null) {
            return new LiveEnsemble(ensemble, calls);
        }
        return before.ensemble().equals(ensemble) ? before : before.with(ensemble);
    }

    @Override
    public @Nullable LiveEnsemble find(String type, String id) {
        Map<String, Map<String, LiveEnsemble>> now = types;
        Ensembles spoilt = unreadable;
        if (spoilt != null) {
            spoilt.find(id);
        }
        if (now.isEmpty()) {
            return null;
        }
        Map<String, LiveEnsemble> ids = now.get(type);
        return ids == null ? null : ids.get(id);
    }

    /** The names of those of one type. */
    public Collection<String> names(String type) {
        return types.getOrDefault(type, Map.of()).keySet();
    }

    /** All of them. */
    public Collection<LiveEnsemble> all() {
        return types.values().stream().flatMap(ids -> ids.values().stream()).toList();
    }
}
