package dev.foretell.router.routing;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Counted;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The routing map at one revision. Immutable. Computes changes without side effects, as a {@link RoutingChange}. */
public final class RoutingTable implements SharedState.Revision {
    public static final RoutingTable EMPTY = new RoutingTable(0, Map.of());

    private final long revision;
    private final NavigableMap<ModelKey, RoutingMap.Model> models;
    private final Set<String> unreadable;
    private final int entries;

    public RoutingTable(long revision, Map<ModelKey, RoutingMap.Model> models) {
        this(revision, models, Set.of());
    }

    /** @param unreadable entries, like {@code AI/fib}, that are in the store but cannot be read */
    public RoutingTable(long revision, Map<ModelKey, RoutingMap.Model> models, Set<String> unreadable) {
        this.revision = revision;
        this.unreadable = Set.copyOf(unreadable);
        this.models = Collections.unmodifiableNavigableMap(new TreeMap<>(models));
        this.entries = models.values().stream()
                .mapToInt(model -> model.workers().size())
                .sum();
    }

    @Override
    public long revision() {
        return revision;
    }

    /**
     * Returns the change, unless it makes the map too long.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT}
     */
    public RoutingChange requireWithin(RoutingChange change, int mostEntries) {
        int after = entries;
        for (Map.Entry<ModelKey, Optional<RoutingMap.Model>> changed :
                change.models().entrySet()) {
            RoutingMap.Model before = models.get(changed.getKey());
            after -= before == null ? 0 : before.workers().size();
            after += changed.getValue().map(model -> model.workers().size()).orElse(0);
        }
        if (after > mostEntries && after > entries) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the routing map would hold " + after + " workers of models, more than the " + mostEntries
                            + " that routing.max-entries allows");
        }
        return change;
    }

    @Override
    public Set<String> unreadable() {
        return unreadable;
    }

    /** This table with other models. */
    public RoutingTable with(Map<ModelKey, RoutingMap.Model> others) {
        return new RoutingTable(revision, others, unreadable);
    }

    public Map<ModelKey, RoutingMap.Model> models() {
        return models;
    }

    /** The entries of a model: its own, or those of its versions. */
    public Map<ModelKey, RoutingMap.Model> of(ModelKey model) {
        Map<ModelKey, RoutingMap.Model> all = new TreeMap<>();
        for (Map.Entry<ModelKey, RoutingMap.Model> entry :
                models.tailMap(model, true).entrySet()) {
            if (!entry.getKey().type().equals(model.type())
                    || !entry.getKey().name().startsWith(model.name())) {
                break;
            }
            if (entry.getKey().equals(model) || entry.getKey().base().equals(model)) {
                all.put(entry.getKey(), entry.getValue());
            }
        }
        return all;
    }

    public RoutingMap toMap() {
        return new RoutingMap(models);
    }

    /** Adds the workers of a map. Existing workers stay, or are updated if they differ. */
    public RoutingChange merge(RoutingMap map) {
        map.models().keySet().forEach(key -> requireReadable(key.toString()));
        Map<ModelKey, Optional<RoutingMap.Model>> changed = new TreeMap<>();
        map.models().forEach((key, added) -> {
            RoutingMap.Model before = models.get(key);
            RoutingMap.Model after = before == null ? added : merge(before, added);
            if (!after.equals(before)) {
                changed.put(key, Optional.of(after));
            }
        });
        return new RoutingChange(revision, changed);
    }

    /** Gives one model these workers and no others. */
    public RoutingChange put(ModelKey key, RoutingMap.Model model) {
        requireReadable(key.toString());
        return new RoutingChange(revision, model.equals(models.get(key)) ? Map.of() : Map.of(key, Optional.of(model)));
    }

    /** Makes the table equal to this map. */
    public RoutingChange replace(RoutingMap map) {
        unreadable.stream().sorted().findFirst().ifPresent(this::requireReadable);
        Map<ModelKey, Optional<RoutingMap.Model>> changed = new TreeMap<>();
        models.keySet().forEach(key -> changed.put(key, Optional.empty()));
        map.models().forEach((key, model) -> changed.put(key, Optional.of(model)));
        changed.entrySet().removeIf(entry -> entry.getValue().equals(Optional.ofNullable(models.get(entry.getKey()))));
        return new RoutingChange(revision, changed);
    }

    /** Removes a whole type, one model of it, or one worker of that model; empty if it does not exist. */
    public RoutingChange remove(String type, @Nullable String model, @Nullable String workerId) {
        Map<ModelKey, Optional<RoutingMap.Model>> changed = new TreeMap<>();
        models.forEach((key, value) -> {
            if (key.type().equals(type) && (model == null || key.name().equals(model))) {
                without(value, workerId).ifPresent(after -> changed.put(key, after));
            }
        });
        if (workerId == null) {
            removeUnreadable(type, model, changed);
        } else if (model != null) {
            requireReadable(type + "/" + model);
        }
        return new RoutingChange(revision, changed);
    }

    private void removeUnreadable(
            String type, @Nullable String model, Map<ModelKey, Optional<RoutingMap.Model>> changed) {
        for (String entry : unreadable) {
            boolean wanted = model == null ? entry.startsWith(type + "/") : entry.equals(type + "/" + model);
            if (wanted && Names.isValid(entry.substring(type.length() + 1))) {
                changed.put(ModelKey.parse(entry), Optional.empty());
            }
        }
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} with a hint */
    private void requireReadable(String entry) {
        if (unreadable.contains(entry)) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "the entry '" + entry
                            + "' of the routing map in Redis cannot be read: restore it there, or delete it"
                            + " (DELETE /v1/model_workers_map/" + entry + ")");
        }
    }

    /** The table after a change that is based on this revision. */
    public RoutingTable after(RoutingChange change) {
        Map<ModelKey, RoutingMap.Model> next = new TreeMap<>(models);
        change.models().forEach((key, model) -> model.ifPresentOrElse(m -> next.put(key, m), () -> next.remove(key)));
        Set<String> spoilt = new HashSet<>(unreadable);
        change.models().keySet().forEach(key -> spoilt.remove(key.toString()));
        return new RoutingTable(change.revision(), next, spoilt);
    }

    public Set<WorkerId> workers() {
        Set<WorkerId> ids = new TreeSet<>();
        models.values().forEach(model -> model.workers().forEach(worker -> ids.add(worker.id())));
        return ids;
    }

    private static RoutingMap.Model merge(RoutingMap.Model before, RoutingMap.Model added) {
        Map<WorkerId, WorkerEntry> workers = new LinkedHashMap<>();
        before.workers().forEach(worker -> workers.put(worker.id(), worker));
        added.workers().forEach(worker -> workers.put(worker.id(), worker));
        return new RoutingMap.Model(
                added.policy() == null ? before.policy() : added.policy(), new ArrayList<>(workers.values()));
    }

    @Override
    public String toString() {
        return Counted.of(models.size(), "model");
    }

    /** The rest of a model without a worker: no change, no model, or fewer workers. */
    private static Optional<Optional<RoutingMap.Model>> without(RoutingMap.Model model, @Nullable String workerId) {
        if (workerId == null) {
            return Optional.of(Optional.empty());
        }
        List<WorkerEntry> rest = model.workers().stream()
                .filter(worker -> !worker.id().toString().equals(workerId))
                .toList();
        if (rest.size() == model.workers().size()) {
            return Optional.empty();
        }
        return Optional.of(rest.isEmpty() ? Optional.empty() : Optional.of(new RoutingMap.Model(model.policy(), rest)));
    }
}
