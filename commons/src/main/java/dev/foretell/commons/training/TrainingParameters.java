package dev.foretell.commons.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a training task as its order has them, checked as far as that is possible without the table. Immutable.
 */
public final class TrainingParameters extends TableParameters {
    private static final List<String> KNOWN = List.of(
            "target",
            "algorithm",
            "parameters",
            "scaling",
            "features",
            "seed",
            "folds",
            "categories",
            "ignore",
            "separator",
            "engine",
            "master");

    private final AlgorithmSpec algorithm;
    private final Map<String, Double> numbers;

    private TrainingParameters(JsonNode json) {
        super(requireObject(json, "target and algorithm"), "a training task", KNOWN);
        this.algorithm = AlgorithmSpec.ofName(text("algorithm"));
        this.numbers = algorithm.complete(givenNumbers());
    }

    /** @throws ServingException INVALID_INPUT for what no trainer accepts, with the way out */
    public static TrainingParameters of(JsonNode json) {
        TrainingParameters parameters = new TrainingParameters(json);
        parameters.check();
        parameters.scaling();
        parameters.features();
        parameters.checkEngine();
        return parameters;
    }

    @Override
    int mostFolds() {
        return 100;
    }

    private Map<String, Number> givenNumbers() {
        JsonNode given = field("parameters");
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw invalid(
                    "parameters.parameters must be an object: numbers by the names of the algorithm's parameters");
        }
        Map<String, Number> numbers = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            if (!entry.getValue().isNumber()) {
                throw invalid("the parameter '" + NearestNames.abbreviate(entry.getKey()) + "' must be a number");
            }
            numbers.put(entry.getKey(), entry.getValue().numberValue());
        });
        return numbers;
    }

    public AlgorithmSpec algorithm() {
        return algorithm;
    }

    /** Every parameter of the algorithm with its value. */
    public Map<String, Double> numbers() {
        return numbers;
    }

    /** How numbers are scaled; empty for as the algorithm wants it. */
    public Optional<Scale> scaling() {
        return has("scaling") ? Optional.of(Scale.ofName(text("scaling"))) : Optional.empty();
    }

    /** The share of the encoded features that is kept: those that tell most about the target; 1. */
    public double features() {
        if (!has("features")) {
            return 1;
        }
        double share = field("features").asDouble();
        if (!field("features").isNumber() || !(share > 0 && share <= 1)) {
            throw invalid("parameters.features must be a number greater than 0, at most 1");
        }
        return share;
    }

    private void checkEngine() {
        if (engine() == EngineName.SPARK) {
            SparkRules.requireAlgorithm(algorithm);
            scaling().ifPresent(SparkRules::requireScale);
            SparkRules.requireAllFeatures(features());
            SparkRules.requireMaster(master());
        } else if (has("master")) {
            throw invalid("parameters.master goes with parameters.engine spark, and only with it");
        }
    }

    /** What trains the model; Foretell itself by default. */
    public EngineName engine() {
        return has("engine") ? EngineName.ofName(text("engine")) : EngineName.FORETELL;
    }

    /** Where Spark works: the cores of the trainer's machine by default. */
    public String master() {
        return has("master") ? text("master") : SparkRules.LOCAL;
    }

    /** Whether a fifth of the rows is held out once, instead of a fold after the other: on Spark, where no folds are named. */
    public boolean holdsOutOnce() {
        return engine() == EngineName.SPARK && !has("folds");
    }
}
