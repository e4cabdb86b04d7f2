package dev.foretell.worker.training.learn;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every parameter of an algorithm with its value: one that was given, or its default. */
public record Parameters(Map<String, Double> values) {
    public Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws ServingException INVALID_INPUT for a name that the algorithm does not have, or a value out of range */
    static Parameters of(String algorithm, List<Parameter> known, Map<String, ? extends Number> given) {
        List<String> names = known.stream().map(Parameter::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "The algorithm '" + algorithm + "' has no parameter '" + name + "'; it has "
                                + (names.isEmpty() ? "none" : String.join(", ", names)) + ".");
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : known) {
            Number value =
                    Optional.<Number>ofNullable(given.get(parameter.name())).orElse(parameter.byDefault());
            values.put(parameter.name(), parameter.checked(value.doubleValue()));
        }
        return new Parameters(values);
    }

    double number(String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow();
    }

    int whole(String name) {
        return (int) number(name);
    }
}
