package dev.foretell.router.http.mlserving;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.training.AlgorithmSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An algorithm that tells classes apart, under the names that the URLs have for it. */
record Classifier(AlgorithmSpec algorithm) {
    private static final Set<AlgorithmSpec> REGRESSIONS =
            EnumSet.of(AlgorithmSpec.LINEAR_REGRESSION, AlgorithmSpec.HUBER_REGRESSION);

    /** @throws ServingException {@link FailureKind#NOT_FOUND} with all names */
    static Classifier ofName(String word) {
        return all().stream()
                .filter(classifier -> classifier.word().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(word));
    }

    private static List<Classifier> all() {
        return Arrays.stream(AlgorithmSpec.values())
                .filter(algorithm -> !REGRESSIONS.contains(algorithm))
                .map(Classifier::new)
                .toList();
    }

    private static ServingException unknown(String word) {
        List<String> words = all().stream().map(Classifier::word).toList();
        return new ServingException(
                FailureKind.NOT_FOUND,
                "there is no classifier '" + NearestNames.abbreviate(word) + "', only " + String.join(", ", words)
                        + NearestNames.of(word, words));
    }

    /** {@code decision_tree}. */
    String word() {
        return algorithm.word().replace('-', '_');
    }

    /** The registered model of those that were trained: {@code decisiontree}. */
    String model() {
        return algorithm.word().replace("-", "");
    }

    /** {@code decision tree}, for sentences. */
    String words() {
        return algorithm.word().replace('-', ' ');
    }
}
