package dev.foretell.router.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.routing.SharedState;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All registered models, by name, at one revision. Immutable.
 *
 * @param unreadable names of models that the store keeps and nobody can read
 */
public record Models(long revision, Map<String, RegisteredModel> byName, Set<String> unreadable)
        implements SharedState.Revision {
    public static final Models NONE = new Models(0, Map.of());

    public Models {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        unreadable = Set.copyOf(unreadable);
    }

    public Models(long revision, Map<String, RegisteredModel> byName) {
        this(revision, byName, Set.of());
    }

    /**
     * To be called before a model is said to be absent.
     *
     * @throws ServingException {@link FailureKind#STATE_STORE_UNAVAILABLE} where its entry cannot be read
     */
    public void requireReadable(String name) {
        if (unreadable.contains(name)) {
            throw new ServingException(
                    FailureKind.STATE_STORE_UNAVAILABLE,
                    "the entry of model '" + name
                            + "' cannot be read in Redis; it is kept until it is restored or deleted");
        }
    }

    /** Fails as {@link #requireReadable} does. */
    public Optional<RegisteredModel> find(String name) {
        requireReadable(name);
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether some version refers to a file, or may. */
    public boolean uses(String digest) {
        return !unreadable.isEmpty()
                || byName.values().stream()
                        .flatMap(model -> model.versions().values().stream())
                        .anyMatch(version -> version.digest().equals(digest));
    }

    /** The change of one model; empty for no such model. */
    ModelsChange change(String name, UnaryOperator<Optional<RegisteredModel>> step) {
        if (unreadable.contains(name)) {
            throw unreadable(name);
        }
        Optional<RegisteredModel> before = find(name);
        Optional<RegisteredModel> after = step.apply(before);
        return new ModelsChange(revision, after.equals(before) ? Map.of() : Map.of(name, after));
    }

    /** The change that does away with an entry that cannot be read. */
    ModelsChange withoutUnreadable(String name) {
        return new ModelsChange(revision, unreadable.contains(name) ? Map.of(name, Optional.empty()) : Map.of());
    }

    static ServingException unreadable(String name) {
        return new ServingException(
                FailureKind.CONFLICT,
                "the entry of model '" + name + "' cannot be read in Redis: restore it there, or delete it for good"
                        + " (DELETE /v1/models/" + name + "?force=true)");
    }

    Models after(ModelsChange change) {
        Map<String, RegisteredModel> next = new TreeMap<>(byName);
        change.models()
                .forEach((name, model) -> model.ifPresentOrElse(m -> next.put(name, m), () -> next.remove(name)));
        Set<String> spoilt = new HashSet<>(unreadable);
        spoilt.removeAll(change.models().keySet());
        return new Models(change.revision(), next, spoilt);
    }

    @Override
    public String toString() {
        return byName.size() + " models";
    }
}
