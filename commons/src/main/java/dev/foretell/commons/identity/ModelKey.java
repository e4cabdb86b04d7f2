package dev.foretell.commons.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a model by its type ("AI") and name ("fib"). A version of a registered model is a model too, named {@code
 * iris:2}. The key stores its base model, so that no call has to parse the name. Immutable.
 */
public final class ModelKey implements Comparable<ModelKey> {
    private final String type;
    private final String name;
    private final ModelKey base;
    private final int hash;

    public ModelKey(String type, String name) {
        this.type = Names.require("model type", type);
        this.name = name;
        this.hash = 31 * type.hashCode() + name.hashCode();
        int colon = name.indexOf(':');
        if (colon < 0) {
            Names.require("model", name);
            this.base = this;
        } else {
            this.base = new ModelKey(type, name.substring(0, colon));
            requireNumber(name.substring(colon + 1));
        }
    }

    private static void requireNumber(String version) {
        if (!version.matches("[1-9][0-9]{0,8}")) {
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

    public String type() {
        return type;
    }

    public String name() {
        return name;
    }

    /** One version of this model. */
    public ModelKey version(int number) {
        return new ModelKey(type, name + ":" + number);
    }

    /** The model of this version; the key itself if it is not a version. */
    public ModelKey base() {
        return base;
    }

    /** Whether it is a version of a registered model. */
    public boolean isVersion() {
        return name.length() != base.name.length();
    }

    /** The value for this version, or else for its base model; null if there is neither. */
    public <T> @Nullable T lookUp(Map<ModelKey, T> given) {
        T own = given.get(this);
        return own != null || !isVersion() ? own : given.get(base);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ModelKey key
                        && hash == key.hash
                        && name.equals(key.name)
                        && type.equals(key.type));
    }

    @Override
    public int hashCode() {
        return hash;
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
