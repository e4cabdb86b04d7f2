package dev.foretell.commons.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingParametersTest {
    private static TrainingParameters read(String json) {
        return TrainingParameters.of(Json.readTree(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void defaultsStandForWhatIsLeftOut() {
        TrainingParameters order = read("""
                {"target":"y","algorithm":"decision-tree","parameters":{"max-depth":3}}""");

        assertThat(order.algorithm()).isSameAs(AlgorithmSpec.DECISION_TREE);
        assertThat(order.numbers()).containsEntry("max-depth", 3.0).containsEntry("min-leaf", 5.0);
        assertThat(order.seed()).isEqualTo(1);
        assertThat(order.folds()).isEqualTo(5);
        assertThat(order.separator()).isEqualTo(',');
        assertThat(order.ignored()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                            | must be an object with target and algorithm
            {"algorithm":"baseline"}                                      | parameters.target is missing
            {"target":"y"}                                                | parameters.algorithm is missing
            {"target":7,"algorithm":"baseline"}                           | parameters.target must be a text
            {"target":"y","algorithm":"decison-tree"}                     | did you mean decision-tree?
            {"target":"y","algorithm":"svm"}                              | only baseline, decision-tree
            {"target":"y","algorithm":"baseline","foldz":3}               | did you mean folds?
            {"target":"y","algorithm":"baseline","folds":1}               | folds must be a whole number from 2 to 100
            {"target":"y","algorithm":"baseline","seed":-1}               | seed must be a whole number from 0 up
            {"target":"y","algorithm":"baseline","seed":1e99}             | seed must be a whole number
            {"target":"y","algorithm":"baseline","separator":"--"}        | separator must be one character
            {"target":"y","algorithm":"baseline","ignore":"x"}            | ignore must be an array of names
            {"target":"y","algorithm":"baseline","ignore":["y"]}          | the target is among the columns to ignore
            {"target":"y","algorithm":"baseline","categories":[1]}        | categories must be an array of names
            {"target":"y","algorithm":"baseline","parameters":[]}         | parameters.parameters must be an object
            {"target":"y","algorithm":"baseline","parameters":{"d":1}}    | has no parameter 'd', it has none
            {"target":"y","algorithm":"decision-tree","parameters":{"depth":1}}        | only max-depth, min-leaf
            {"target":"y","algorithm":"decision-tree","parameters":{"max-dept":1}}     | did you mean max-depth?
            {"target":"y","algorithm":"decision-tree","parameters":{"max-depth":"3"}}  | must be a number
            {"target":"y","algorithm":"decision-tree","parameters":{"max-depth":0}}    | from 1 to 30
            {"target":"y","algorithm":"decision-tree","parameters":{"max-depth":2.5}}  | a whole number from 1 to 30
            {"target":"y","algorithm":"baseline","engine":"sparc"}                | did you mean spark?
            {"target":"y","algorithm":"baseline","master":"local"}                | goes with parameters.engine spark
            {"target":"y","algorithm":"baseline","engine":"spark"}                | has no 'baseline', only decision-tree, random
            {"target":"y","algorithm":"nearest-neighbours","engine":"spark"}      | or leave engine out
            {"target":"y","algorithm":"decision-tree","engine":"spark","scaling":"quartiles"}     | has no scaling 'quartiles'
            {"target":"y","algorithm":"decision-tree","engine":"spark","features":0.5}            | keeps all features
            {"target":"y","algorithm":"decision-tree","engine":"spark","master":"local[0]"}       | parameters.master must be local
            {"target":"y","algorithm":"decision-tree","engine":"spark","master":"http://a:1"}     | such as spark://host:7077
            """)
    void whatNoTrainerAcceptsIsRefusedWithTheWayOut(String json, String sentence) {
        assertThatThrownBy(() -> read(json)).hasMessageContaining(sentence);
    }

    @Test
    void sparkHoldsAFifthOutUnlessFoldsAreNamed() {
        String order = "{\"target\":\"y\",\"algorithm\":\"huber-regression\",\"engine\":\"spark\"%s}";

        TrainingParameters usual = read(order.formatted(""));
        TrainingParameters folded = read(order.formatted(",\"folds\":3,\"master\":\"spark://a:7077\""));

        assertThat(usual.engine()).isSameAs(EngineName.SPARK);
        assertThat(usual.master()).isEqualTo("local[*]");
        assertThat(usual.holdsOutOnce()).isTrue();
        assertThat(folded.holdsOutOnce()).isFalse();
        assertThat(folded.master()).isEqualTo("spark://a:7077");
        assertThat(read("{\"target\":\"y\",\"algorithm\":\"baseline\"}").holdsOutOnce())
                .isFalse();
    }

    @Test
    void onlyClustersThatAreNamedAreCalled() {
        SparkRules.requireAllowed("local[4]", List.of());
        SparkRules.requireAllowed("spark://a:7077", List.of("spark://a:7077"));

        assertThatThrownBy(() -> SparkRules.requireAllowed("spark://b:7077", List.of("spark://a:7077")))
                .hasMessageContaining("training.spark-masters");
    }

    @Test
    void aSearchHasNoEngine() {
        assertThatThrownBy(() -> SearchParameters.of(
                        Json.readTree("{\"target\":\"y\",\"engine\":\"spark\"}".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("leave engine and master out");
    }

    @Test
    void metricsHaveTheirNames() {
        assertThat(MetricName.ofName("neg_log_loss")).isSameAs(MetricName.NEG_LOG_LOSS);
        assertThatThrownBy(() -> MetricName.ofName("acuracy")).hasMessageContaining("did you mean accuracy");
    }
}
