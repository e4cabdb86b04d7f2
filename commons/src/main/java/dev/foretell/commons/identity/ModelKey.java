package dev.foretell.commons.identity;

/** Which model: its type ("AI") and its name ("fib"). */
public record ModelKey(String type, String name) implements Comparable<ModelKey> {
    public ModelKey {
        Names.require("model type", type);
        Names.require("model", name);
    }

    /** @throws IllegalArgumentException if the text is not like {@code AI/fib} */
    public static ModelKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a model is named by its type and its name, like AI/fib");
        }
        return new ModelKey(text.substring(0, slash), text.substring(slash + 1));
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
