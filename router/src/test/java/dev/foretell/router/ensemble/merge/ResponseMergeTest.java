package dev.foretell.router.ensemble.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of the responses of members, rule by rule. */
class ResponseMergeTest {
    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of members a, b, c and so on: {@code 2} or, by weight, {@code 3*2}. */
    private static List<Contribution> of(String... values) {
        List<Contribution> all = new ArrayList<>();
        for (String value : values) {
            int star = value.indexOf('*');
            double weight = star < 0 ? 1 : Double.parseDouble(value.substring(0, star));
            all.add(new Contribution(
                    String.valueOf((char) ('a' + all.size())), weight, json(value.substring(star + 1))));
        }
        return all;
    }

    private static Merged merge(MergeRule rule, String... values) {
        return new ResponseMerge(rule, List.of()).merge(of(values));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mean     | 1                 ; 4                 ; 7              | 4.0               | 2.449489742783178
                    mean     | 3                                                      | 3.0               | 0.0
                    mean     | [1,2]             ; [3,6]                              | [2.0,4.0]         | [1.0,2.0]
                    mean     | [[1],[2,3]]       ; [[3],[4,5]]                        | [[2.0],[3.0,4.0]] | [[1.0],[1.0,1.0]]
                    mean     | {"a":1,"b":[2]}   ; {"b":[4],"a":3}                    | {"a":2.0,"b":[3.0]} | {"a":1.0,"b":[1.0]}
                    mean     | []                ; []                                 | []                | []
                    mean     | 1.7e308           ; 1.7e308                            | 1.7E308           | 0.0
                    mean     | -1.7e308          ; 1.7e308                            | 0.0               | 1.7E308
                    weighted | 3*1               ; 1*5                                | 2.0               | 1.7320508075688772
                    weighted | 0.5*[0,1]         ; 1.5*[4,1]                          | [3.0,1.0]         | [1.7320508075688772,0.0]
                    median   | 9                 ; 1                 ; 5              | 5                 | 3.265986323710904
                    median   | 1                 ; 4                                  | 2.5               | 1.5
                    median   | [1,9]             ; [5,8]             ; [3,7]          | [3,8]             | [1.632993161855452,0.816496580927726]
                    min      | 12345678901234567890123 ; 12345678901234567890122      | 12345678901234567890122 | 0.0
                    max      | 1.10              ; 1.1000000000000000001              | 1.1000000000000000001   | 0.0
                    max      | [1,5]             ; [2,4]                              | [2,5]             | [0.5,0.5]
                    vote     | "cat"             ; "dog"             ; "dog"          | "dog"             | 0.33333333333333337
                    vote     | "cat"             ; "dog"                              | "cat"             | 0.5
                    vote     | 3*"cat"           ; 1*"dog"           ; 1*"dog"        | "cat"             | 0.4
                    vote     | 1                 ; 1.0               ; 2              | 1                 | 0.33333333333333337
                    vote     | "1"               ; 1                 ; 1              | 1                 | 0.33333333333333337
                    vote     | true              ; true                               | true              | 0.0
                    vote     | ["a","b"]         ; ["c","b"]         ; ["c","d"]      | ["c","b"]         | [0.33333333333333337,0.33333333333333337]
                    vote     | {"label":2}       ; {"label":2}                        | {"label":2}       | {"label":0.0}
                    first    | {"any":null}                                           | {"any":null}      | null
                    all      | 1                 ; "x"               ; [null]         | {"a":1,"b":"x","c":[null]} | null
                    """)
    void responsesBecomeOne(String rule, String values, String answer, String spread) {
        Merged merged = merge(
                MergeRule.of(rule).orElseThrow(),
                Stream.of(values.split(";")).map(String::strip).toArray(String[]::new));

        assertThat(merged.answer()).hasToString(answer);
        assertThat(String.valueOf(merged.spread())).isEqualTo(spread);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [0.5,0.25,0.25]         ; [0.25,0.5,0.25] ; [0.25,0.75,0] | {"label":1,"probabilities":[0.3333333333333333,0.5,0.16666666666666666]}
                    3*[0.75,0.25]           ; 1*[0.25,0.75]                   | {"label":0,"probabilities":[0.625,0.375]}
                    [0.5,0.5]                                                 | {"label":0,"probabilities":[0.5,0.5]}
                    {"cat":0.25,"dog":0.75} ; {"dog":0.25,"cat":0.5}          | {"label":"dog","probabilities":{"cat":0.375,"dog":0.5}}
                    [[1,0],[0.25,0.75]]     ; [[0.5,0.5],[0.75,0.25]]         | {"label":[0,0],"probabilities":[[0.75,0.25],[0.5,0.5]]}
                    [{"0":1,"1":0}]         ; [{"0":0,"1":1}]                 | {"label":["0"],"probabilities":[{"0":0.5,"1":0.5}]}
                    """)
    void probabilitiesAreAveragedAndTheLargestWins(String values, String answer) {
        Merged merged = merge(
                MergeRule.SOFT_VOTE,
                Stream.of(values.split(";")).map(String::strip).toArray(String[]::new));

        assertThat(merged.answer()).hasToString(answer);
    }

    @Test
    void classesHaveTheNamesOfTheRecipe() {
        Merged merged = new ResponseMerge(MergeRule.SOFT_VOTE, List.of("setosa", "versicolor"))
                .merge(of("[[0.25,0.75]]", "[[0.5,0.5]]"));

        assertThat(merged.answer().path("label")).hasToString("[\"versicolor\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mean     | 1             |
                    mean     | [[1],{"a":2}] |
                    mean     | "1"           | has text where numbers belong
                    median   | [1,null]      | has null where numbers belong
                    min      | {"a":true}    | has true or false where numbers belong
                    max      | 1e400         | has a number that is too large for a double
                    vote     | ["a",1,true]  |
                    vote     | [null]        | has null where labels belong
                    softVote | [0.5,0.5]     |
                    softVote | [[1],[0]]     |
                    softVote | {"a":1}       |
                    softVote | 0.5           | has a number where probabilities belong
                    softVote | []            | has an empty array where probabilities belong
                    softVote | {"p":[0.5]}   | has an object where probabilities belong
                    softVote | [[0.5],"x"]   | has text where probabilities belong
                    softVote | [0.5,1.5]     | has a number that is no probability, from 0 to 1
                    softVote | [-0.5]        | has a number that is no probability, from 0 to 1
                    first    | null          |
                    all      | null          |
                    """)
    void aResponseFitsItsRuleOrNot(String rule, String value, String misfit) {
        assertThat(ResponseFit.misfit(MergeRule.of(rule).orElseThrow(), json(value))
                        .orElse(null))
                .isEqualTo(misfit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1            ; 2             ; [1]            | ab
                    [1]          ; 2             ; 3              | bc
                    [1]          ; [1,2]                          | a
                    [1,[2]]      ; [1,2]         ; [3,[4]]        | ac
                    {"x":1}      ; {"y":1}       ; {"y":2}        | bc
                    {"x":1,"y":2}; {"y":1,"x":3}                  | ab
                    """)
    void mostMembersSayWhatShapeItIs(String values, String alike) {
        List<Contribution> group = Likeness.largestGroup(
                of(Stream.of(values.split(";")).map(String::strip).toArray(String[]::new)));

        assertThat(group.stream().map(Contribution::member).reduce("", String::concat))
                .isEqualTo(alike);
    }

    @Test
    void deepValuesAreMerged() {
        String deep = "[".repeat(400) + "1" + "]".repeat(400);

        assertThat(merge(MergeRule.MEAN, deep, deep).answer()).hasToString(deep.replace("1", "1.0"));
    }
}
