package dev.foretell.commons.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which model: its type ("AI") and its name ("fib"). A version of a registered model is a model too, by the name
 * {@code iris:2}.
 */
public record ModelKey(String type, String name) implements Comparable<ModelKey> {
    public ModelKey {
        Names.require("model type", type);
        int colon = name.indexOf(':');
        Names.require("model", colon < 0 ? name : name.substring(0, colon));
        if (colon >= 0 && !name.substring(colon + 1).matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("what follows a model's colon must be the number of its version");
        }
    }

    /** @throws IllegalArgumentException if the text is not like {@code AI/fib} */
    public static ModelKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a model is named by its type and its name, like AI/fib");
        }
        return new ModelKey(text.substring(0, slash), text.substring(slash + 1));
    }

    /** One version of this model. */
    public ModelKey version(int number) {
        return new ModelKey(type, name + ":" + number);
    }

    /** The model that it is a version of; itself where it is none. */
    public ModelKey base() {
        int colon = name.indexOf(':');
        return colon < 0 ? this : new ModelKey(type, name.substring(0, colon));
    }

    /** Whether it is a version of a registered model. */
    public boolean isVersion() {
        return name.indexOf(':') >= 0;
    }

    /** What is said of it: of the version itself, else of the model that it is a version of; null for nothing. */
    public <T> @Nullable T lookUp(Map<ModelKey, T> said) {
        T own = said.get(this);
        return own != null || !isVersion() ? own : said.get(base());
    }

    @Override
    public int compareTo(ModelKey other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : name.compareTo(other.name);
    }

    /** {@code AI/fib}. */
    @Override
    public String toString() {
        return type + "/" + name;
    }
}
