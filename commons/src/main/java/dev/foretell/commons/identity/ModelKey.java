package dev.foretell.commons.identity;

/** Which model: its type ("AI") and its name ("fib"). */
public record ModelKey(String type, String name) implements Comparable<ModelKey> {
    public ModelKey {
        Names.require("model type", type);
        Names.require("model", name);
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
