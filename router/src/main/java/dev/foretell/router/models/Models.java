package dev.foretell.router.models;

import dev.foretell.router.routing.SharedState;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** All registered models, by name, at one revision. Immutable. */
public record Models(long revision, Map<String, RegisteredModel> byName) implements SharedState.Revision {
    public static final Models NONE = new Models(0, Map.of());

    public Models {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    public Optional<RegisteredModel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether some version refers to a file. */
    public boolean uses(String digest) {
        return byName.values().stream()
                .flatMap(model -> model.versions().values().stream())
                .anyMatch(version -> version.digest().equals(digest));
    }

    /** The change of one model; empty for no such model. */
    ModelsChange change(String name, UnaryOperator<Optional<RegisteredModel>> step) {
        Optional<RegisteredModel> before = find(name);
        Optional<RegisteredModel> after = step.apply(before);
        return new ModelsChange(revision, after.equals(before) ? Map.of() : Map.of(name, after));
    }

    Models after(ModelsChange change) {
        Map<String, RegisteredModel> next = new TreeMap<>(byName);
        change.models()
                .forEach((name, model) -> model.ifPresentOrElse(m -> next.put(name, m), () -> next.remove(name)));
        return new Models(change.revision(), next);
    }

    @Override
    public String toString() {
        return byName.size() + " models";
    }
}
