package dev.foretell.router.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Counted;
import dev.foretell.router.routing.SharedState;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All registered models by name, at one revision. Immutable.
 *
 * @param unreadable names of models that are in the store but cannot be read
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
     * Call it before reporting a model as absent.
     *
     * @throws ServingException {@link FailureKind#STATE_STORE_UNAVAILABLE} if its entry cannot be read
     */
    public void requireReadable(String name) {
        if (unreadable.contains(name)) {
            throw new ServingException(
                    FailureKind.STATE_STORE_UNAVAILABLE,
                    "the entry of model '" + name
                            + "' in Redis cannot be read; it stays until somebody repairs or deletes it");
        }
    }

    /** Fails like {@link #requireReadable}. */
    public Optional<RegisteredModel> find(String name) {
        requireReadable(name);
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether a version refers to this file, or may refer to it. */
    public boolean uses(String digest) {
        return !unreadable.isEmpty()
                || byName.values().stream()
                        .flatMap(model -> model.versions().values().stream())
                        .anyMatch(version -> version.digest().equals(digest));
    }

    /** The change of one model; empty means that the model does not exist. */
    ModelsChange change(String name, UnaryOperator<Optional<RegisteredModel>> step) {
        if (unreadable.contains(name)) {
            throw unreadable(name);
        }
        Optional<RegisteredModel> before = find(name);
        Optional<RegisteredModel> after = step.apply(before);
        return new ModelsChange(revision, after.equals(before) ? Map.of() : Map.of(name, after));
    }

    /** The change that deletes an unreadable entry. */
    ModelsChange withoutUnreadable(String name) {
        return new ModelsChange(revision, unreadable.contains(name) ? Map.of(name, Optional.empty()) : Map.of());
    }

    static ServingException unreadable(String name) {
        return new ServingException(
                FailureKind.CONFLICT,
                "the entry of model '" + name + "' in Redis cannot be read: repair it there, or delete it"
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
        return Counted.of(byName.size(), "model");
    }
}
