package dev.foretell.commons.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchParametersTest {
    private static SearchParameters read(String json) {
        return SearchParameters.of(Json.readTree(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void defaultsStandForWhatIsLeftOut() {
        SearchParameters order = read("{\"target\":\"y\"}");

        assertThat(order.generations()).isEqualTo(10);
        assertThat(order.populationSize()).isEqualTo(20);
        assertThat(order.seed()).isEqualTo(1);
        assertThat(order.folds()).isEqualTo(5);
        assertThat(order.scoring()).isEmpty();
        assertThat(order.timeLimit()).isEmpty();
        assertThat(order.keep()).isEqualTo(1);
        assertThat(order.trials()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aTimeLimitIsANumberOfSeconds() {
        assertThat(read("{\"target\":\"y\",\"timeLimit\":2.5}").timeLimit()).contains(Duration.ofMillis(2500));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                                              | must be an object with target
            {}                                             | parameters.target is missing
            {"target":"y","algorithm":"decision-tree"}     | a search finds 'algorithm' itself: leave it out
            {"target":"y","features":0.5}                  | a search finds 'features' itself
            {"target":"y","generation":3}                  | did you mean generations?
            {"target":"y","generations":0}                 | generations must be a whole number from 1 to 1000
            {"target":"y","generations":2.5}               | generations must be a whole number
            {"target":"y","populationSize":-1}             | populationSize must be a whole number from 2 to 1000
            {"target":"y","populationSize":1}              | populationSize must be a whole number from 2 to 1000
            {"target":"y","generations":1000,"populationSize":1000} | must be at most 50000, not 5000000
            {"target":"y","folds":11}                      | folds must be a whole number from 2 to 10
            {"target":"y","scoring":"acuracy"}             | did you mean accuracy?
            {"target":"y","scoring":7}                     | scoring must be a text
            {"target":"y","timeLimit":1}                   | timeLimit must be a number of seconds, at least 2
            {"target":"y","timeLimit":"60"}                | timeLimit must be a number of seconds
            {"target":"y","timeLimit":1e99}                | timeLimit must be a number of seconds
            {"target":"y","keep":11}                       | keep must be a whole number from 1 to 10
            {"target":"y","trials":0}                      | trials must be a whole number from 1
            """)
    void whatNoTrainerAcceptsIsRefusedWithTheWayOut(String json, String sentence) {
        assertThatThrownBy(() -> read(json)).hasMessageContaining(sentence);
    }
}
