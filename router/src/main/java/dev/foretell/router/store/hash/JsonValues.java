package dev.foretell.router.store.hash;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Values of one type in a {@link RevisedHash}: a field each, by name, as JSON. Thread-safe. */
public final class JsonValues<V> {
    private final RevisedHash hash;
    private final JsonForm<V> form;

    /** Makes a state of what is kept. */
    public interface State<V, S> {
        /** @param unreadable names of what cannot be read */
        S of(long revision, Map<String, V> byName, Set<String> unreadable);
    }

    public JsonValues(RevisedHash hash, JsonForm<V> form) {
        this.hash = hash;
        this.form = form;
    }

    /** What cannot be read, for people. */
    public List<String> unreadable() {
        return hash.unreadable().names();
    }

    public <S> Future<S> load(State<V, S> state) {
        return hash.load(content -> {
            Map<String, V> values = hash.read(content, (name, json) -> form.read(json));
            return state.of(content.revision(), values, hash.unreadable().fields());
        });
    }

    /** @param values those that differ; empty for gone */
    public Future<Void> commit(long base, long revision, Map<String, Optional<V>> values) {
        return hash.commit(() -> {
            Map<String, Optional<String>> fields = new HashMap<>();
            values.forEach((name, value) -> fields.put(name, value.map(form::json)));
            return new HashChange(base, revision, fields);
        });
    }

    public Future<Void> reseed(long revision, Map<String, V> values) {
        return hash.reseed(() -> {
            Map<String, String> fields = new HashMap<>();
            values.forEach((name, value) -> fields.put(name, form.json(value)));
            return new RevisedHash.Content(revision, fields);
        });
    }

    /** @param change makes a change of its base and of the values that differ */
    public <C> void listen(BiFunction<Long, Map<String, Optional<V>>, C> change, Consumer<C> listener) {
        hash.listen(
                told -> {
                    Map<String, Optional<V>> values = new HashMap<>();
                    told.fields().forEach((name, json) -> values.put(name, json.map(form::read)));
                    return change.apply(told.base(), values);
                },
                listener);
    }
}
