package dev.foretell.router.models;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** The registered models, one volatile read away, and the only way to change them. Thread-safe. */
public final class ModelRegistry {
    private final List<BiConsumer<Models, Models>> listeners = new CopyOnWriteArrayList<>();
    private volatile Models current = Models.NONE;

    public Models current() {
        return current;
    }

    /** Calls the listener with what was before and after each change, in order, on the thread that changes it. */
    public void onChange(BiConsumer<Models, Models> listener) {
        listeners.add(listener);
    }

    /**
     * Changes one model; worked out anew if another router was first. A step that finds what it does not like throws a
     * {@link dev.foretell.commons.failure.ServingException}, which fails the future. Empty: there is no such model.
     */
    public synchronized Future<Models> update(String name, UnaryOperator<Optional<RegisteredModel>> step) {
        try {
            Models before = current;
            Map<String, RegisteredModel> next = new TreeMap<>(before.byName());
            step.apply(Optional.ofNullable(next.remove(name))).ifPresent(model -> next.put(name, model));
            Models after = new Models(before.revision() + 1, next);
            current = after;
            listeners.forEach(listener -> listener.accept(before, after));
            return Future.succeededFuture(after);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
