package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.Tables;
import dev.foretell.worker.training.job.Holdout;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Worked out by hand. */
class IncumbentScoreTest {
    private static Holdout classes(String metric) {
        return new Holdout(metric, 0, "y", List.of("a", "b"), new double[] {0, 1, 1, 0}, List.of());
    }

    private static Holdout numbers() {
        return new Holdout("neg_mean_absolute_error", 0, "y", List.of(), new double[] {1, 2, 3}, List.of());
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    private static double score(Holdout holdout, List<String> ownClasses, String... responses) {
        return new IncumbentScore(holdout, ownClasses)
                .of(List.of(responses).stream().map(IncumbentScoreTest::json).toList());
    }

    @Test
    void labelsOfAllCallsCountAndUnknownClassesAreWrong() {
        assertThat(score(classes("accuracy"), List.of(), """
                {"label":["a","b"],"probabilities":[[1,0],[0,1]]}""", """
                {"label":["b","other"],"probabilities":[[0,1],[0,1]]}""")).isEqualTo(0.75);
        assertThat(score(classes("accuracy"), List.of(), """
                {"class":[["a"],["b"],["b"],["a"]]}""")).isEqualTo(1);
    }

    @Test
    void probabilitiesBelongToTheModelsOwnClasses() {
        double expected = (Math.log(0.5) + Math.log(0.25) + Math.log(1) + Math.log(0.75)) / 4;

        assertThat(score(classes("neg_log_loss"), List.of("b", "a"), """
                {"label":["a","b","b","a"],"probabilities":[[0.5,0.5],[0.25,0.75],[1,0],[0.25,0.75]]}""")).isCloseTo(expected, within(1e-9));
        assertThatThrownBy(() -> score(classes("neg_log_loss"), List.of(), """
                {"label":["a","b","b","a"],"probabilities":[[1,0],[1,0],[1,0],[1,0]]}"""))
                .hasMessage("its file does not name the classes of its probabilities");
    }

    @Test
    void numbersMayStandInRowsOfOne() {
        assertThat(score(numbers(), List.of(), """
                {"prediction":[[1],[2],[6]]}""")).isCloseTo(-1, within(1e-9));
        assertThat(score(numbers(), List.of(), """
                {"variable":[1,2],"more":[0,0]}""", """
                {"variable":[0],"more":[0]}""")).isCloseTo(-1, within(1e-9));
    }

    @Test
    void responsesThatDoNotAnswerTheRowsAreRefused() {
        assertThatThrownBy(() -> score(numbers(), List.of(), """
                {"prediction":[[1],[2]]}""")).hasMessage("it answers 2 of 3 rows");
        assertThatThrownBy(() -> score(numbers(), List.of(), """
                {"prediction":["x",2,3]}""")).hasMessage("it predicts no number");
    }

    @Test
    void rowsThatAreHeldOutAreCallsOfRowsByName() throws IOException {
        Pipeline tree = Pipeline.of(Algorithm.DECISION_TREE, Map.of(), 1);
        Holdout holdout = Holdout.of(tree, Tables.reference("iris"), "accuracy", 1, 1);

        assertThat(holdout.truth()).hasSize(30);
        assertThat(holdout.candidate()).isGreaterThan(0.85);
        assertThat(holdout.calls()).hasSize(1);
        assertThat(holdout.calls().get(0)).hasSize(30);
        assertThat(holdout.calls().get(0).get(0).has("sepal_length")).isTrue();
        assertThat(Json.MAPPER.readValue(Json.write(holdout), Holdout.class).truth())
                .isEqualTo(holdout.truth());
    }
}
