package dev.foretell.router.ensemble;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.routing.SharedState;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All ensembles, by name, at one revision. Immutable.
 *
 * @param unreadable names of stored ensembles whose recipes cannot be read
 */
public record Ensembles(long revision, Map<String, Ensemble> byName, Set<String> unreadable)
        implements SharedState.Revision {
    public static final Ensembles NONE = new Ensembles(0, Map.of(), Set.of());

    /** With more, the list of ensembles and each change would take long. */
    private static final int MAX = 1000;

    public Ensembles {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        unreadable = Set.copyOf(unreadable);
    }

    /** @throws ServingException {@link FailureKind#STATE_STORE_UNAVAILABLE} if its entry cannot be read */
    public Optional<Ensemble> find(String name) {
        if (unreadable.contains(name)) {
            throw new ServingException(
                    FailureKind.STATE_STORE_UNAVAILABLE,
                    "the entry of ensemble '" + name
                            + "' cannot be read in Redis; it is kept until it is restored or deleted");
        }
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether a readable ensemble has this type and name. */
    public boolean has(ModelKey model) {
        Ensemble named = byName.get(model.name());
        return named != null && named.type().equals(model.type());
    }

    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} naming the nearest ones */
    public Ensemble require(String name) {
        return find(name)
                .orElseThrow(() -> new ServingException(
                        FailureKind.MODEL_NOT_FOUND,
                        "no ensemble '" + NearestNames.abbreviate(name) + "'"
                                + NearestNames.of(name, byName.keySet())));
    }

    /**
     * @throws ServingException as {@link Nesting#require}, or {@link FailureKind#CONFLICT} if there are too many, or if its type
     *     changes while it is a member of another ensemble
     */
    EnsemblesChange put(Ensemble ensemble) {
        Optional<Ensemble> before = find(ensemble.name());
        if (before.isEmpty() && byName.size() >= MAX) {
            throw new ServingException(
                    FailureKind.CONFLICT, "there are " + MAX + " ensembles, the most there may be; remove one first");
        }
        if (before.isPresent() && !before.get().type().equals(ensemble.type())) {
            new Nesting(byName).requireNoMember(before.get());
        }
        EnsemblesChange change = new EnsemblesChange(
                revision,
                before.equals(Optional.of(ensemble)) ? Map.of() : Map.of(ensemble.name(), Optional.of(ensemble)));
        new Nesting(after(change).byName()).require(ensemble);
        return change;
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} if it is a member of another ensemble */
    EnsemblesChange remove(String name) {
        if (!unreadable.contains(name)) {
            Ensemble going = require(name);
            new Nesting(byName).requireNoMember(going);
        }
        return new EnsemblesChange(revision, Map.of(name, Optional.empty()));
    }

    Ensembles after(EnsemblesChange change) {
        Map<String, Ensemble> next = new TreeMap<>(byName);
        change.ensembles()
                .forEach((name, ensemble) ->
                        ensemble.ifPresentOrElse(now -> next.put(name, now), () -> next.remove(name)));
        Set<String> spoilt = new HashSet<>(unreadable);
        spoilt.removeAll(change.ensembles().keySet());
        return new Ensembles(change.revision(), next, spoilt);
    }

    @Override
    public String toString() {
        return byName.size() + " ensembles";
    }
}
