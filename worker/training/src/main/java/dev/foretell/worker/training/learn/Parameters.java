package dev.foretell.worker.training.learn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every parameter of an algorithm with its value, given or default. */
public record Parameters(Map<String, Double> values) {
    public Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    double number(String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow();
    }

    int whole(String name) {
        return (int) number(name);
    }
}
