package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.score.Validation;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What scikit-learn's algorithms of the same kinds reach on five tables, in the same 5 folds. */
class ReferenceScoresTest {
    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "mean", Algorithm.BASELINE,
            "majority", Algorithm.BASELINE,
            "tree", Algorithm.DECISION_TREE,
            "ridge", Algorithm.LINEAR_REGRESSION,
            "knn", Algorithm.NEAREST_NEIGHBOURS,
            "forest", Algorithm.RANDOM_FOREST,
            "boosting", Algorithm.GRADIENT_BOOSTING,
            "logistic", Algorithm.LOGISTIC_REGRESSION,
            "huber", Algorithm.HUBER_REGRESSION);

    private static final int SEED = 0;

    static Stream<Arguments> references() throws IOException {
        JsonNode sets =
                new ObjectMapper().readTree(Tables.resource("reference.json")).path("sets");
        return sets.properties().stream()
                .flatMap(set -> set.getValue().path("scores").properties().stream()
                        .map(score -> Arguments.of(
                                set.getKey(),
                                score.getKey(),
                                set.getValue().path("scoring").asText(),
                                score.getValue().asDouble())));
    }

    @ParameterizedTest
    @MethodSource("references")
    void areReached(String name, String kind, String scoring, double reference) throws IOException {
        Table table = Tables.reference(name);
        Algorithm algorithm = ALGORITHMS.getOrDefault(kind, Algorithm.BASELINE);

        double score = score(name, table, algorithm, scoring);

        assertThat(score).isGreaterThan(reference - 0.03 * Math.abs(reference));
        if (algorithm != Algorithm.BASELINE) {
            assertThat(score).isGreaterThan(score(name, table, Algorithm.BASELINE, scoring));
        }
    }

    private static double score(String name, Table table, Algorithm algorithm, String scoring) throws IOException {
        Folds folds = folds(name);
        Validation validation = Validation.of(Pipeline.of(algorithm, Map.of(), SEED), table, folds, 2);
        return validation.score(Scoring.ofName(scoring, table.target().kind())).mean();
    }

    /** The file has each row's fold as a digit. */
    private static Folds folds(String name) throws IOException {
        String digits = new ObjectMapper()
                .readTree(Tables.resource("folds.json"))
                .path(name)
                .asText();
        List<int[]> heldOut = IntStream.range(0, 5)
                .mapToObj(fold -> IntStream.range(0, digits.length())
                        .filter(row -> digits.charAt(row) - '0' == fold)
                        .toArray())
                .toList();
        return new Folds(heldOut, digits.length());
    }

    /** In folds of ours too. */
    @Test
    void ofATreeAreReachedForIrisInOtherFolds() throws IOException {
        Table table = Tables.reference("iris");

        Validation validation = Validation.of(
                Pipeline.of(Algorithm.DECISION_TREE, Map.of(), SEED), table, Folds.cross(table.target(), 5, SEED), 1);

        assertThat(validation.score(Scoring.ACCURACY).mean()).isGreaterThanOrEqualTo(0.93);
    }
}
