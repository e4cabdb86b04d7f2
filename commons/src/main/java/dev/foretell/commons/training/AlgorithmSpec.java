package dev.foretell.commons.training;

import static dev.foretell.commons.training.AlgorithmParameter.number;
import static dev.foretell.commons.training.AlgorithmParameter.whole;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The name of an algorithm and its parameters, as an order has them; trainers have the algorithm itself. */
public enum AlgorithmSpec {
    BASELINE("baseline"),
    DECISION_TREE("decision-tree", whole("max-depth", 5, 1, 30), whole("min-leaf", 5, 1, 1_000_000)),
    RANDOM_FOREST(
            "random-forest",
            whole("trees", 100, 1, 2_000),
            whole("max-depth", 20, 1, 30),
            whole("min-leaf", 1, 1, 1_000_000),
            number("feature-share", 0.4, 0.001, 1)),
    GRADIENT_BOOSTING(
            "gradient-boosting",
            whole("stages", 100, 1, 2_000),
            number("learning-rate", 0.1, 0.001, 1),
            whole("max-depth", 3, 1, 15),
            whole("min-leaf", 1, 1, 1_000_000),
            number("feature-share", 0.5, 0.001, 1)),
    LOGISTIC_REGRESSION("logistic-regression", number("c", 1, 1e-6, 1e6)),
    LINEAR_REGRESSION("linear-regression", number("alpha", 1, 1e-6, 1e9)),
    HUBER_REGRESSION("huber-regression", number("epsilon", 1.35, 1, 1_000), number("alpha", 1e-4, 0, 1e9)),
    NEAREST_NEIGHBOURS("nearest-neighbours", whole("neighbours", 10, 1, 1_000));

    private final String word;
    private final List<AlgorithmParameter> parameters;

    AlgorithmSpec(String word, AlgorithmParameter... parameters) {
        this.word = word;
        this.parameters = List.of(parameters);
    }

    /** @throws ServingException INVALID_INPUT for a name that no algorithm has, with the nearest names */
    public static AlgorithmSpec ofName(String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new ServingException(
                        FailureKind.INVALID_INPUT,
                        "there is no algorithm '" + NearestNames.abbreviate(word) + "', only "
                                + String.join(", ", words()) + NearestNames.of(word, words())));
    }

    private static List<String> words() {
        return Arrays.stream(values()).map(AlgorithmSpec::word).toList();
    }

    /** The name that callers have for it. */
    public String word() {
        return word;
    }

    public List<AlgorithmParameter> parameters() {
        return parameters;
    }

    /**
     * Every parameter with its value: one that is given, or its default.
     *
     * @throws ServingException INVALID_INPUT for a name that it does not have, or a value out of range
     */
    public Map<String, Double> complete(Map<String, ? extends Number> given) {
        given.keySet().forEach(this::requireKnown);
        Map<String, Double> values = new LinkedHashMap<>();
        for (AlgorithmParameter parameter : parameters) {
            Number value =
                    Optional.<Number>ofNullable(given.get(parameter.name())).orElse(parameter.byDefault());
            values.put(parameter.name(), parameter.require(value.doubleValue()));
        }
        return Collections.unmodifiableMap(values);
    }

    private void requireKnown(String name) {
        List<String> names = parameters.stream().map(AlgorithmParameter::name).toList();
        if (!names.contains(name)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the algorithm '" + word + "' has no parameter '" + NearestNames.abbreviate(name) + "', "
                            + (names.isEmpty() ? "it has none" : "only " + String.join(", ", names))
                            + NearestNames.of(name, names));
        }
    }
}
