package dev.foretell.cli.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TaskTextTest {
    private static String text(String json) {
        return TaskText.of(Json.readTree(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTaskThatRunsTellsHowFarItIsAndTheAttempt() {
        assertThat(text("""
                        {"id":"1","state":"RUNNING","trainer":"t","attempts":2,"started_ms":1000,"heard_ms":6300,
                         "progress":{"done":0.95,"step":"writes the model"}}"""))
                .contains("trainer     t, attempt 2", "runs for    5.3 s", "progress    95 %, writes the model");
    }

    @Test
    void aTaskThatSucceededHasNoStepLeftAndTellsOfItsModel() {
        String text = text("""
                {"id":"1","state":"SUCCEEDED","trainer":"t","attempts":1,"started_ms":1000,"finished_ms":3000,
                 "progress":{"done":1.0},
                 "result":{"model":{"digest":"d","bytes":2048},"hint":"few numbers",
                           "served":{"model":"iris","version":1,"weight":100,
                                     "ensemble":"best","members":["iris:1","iris:2"]}}}""");

        assertThat(text)
                .contains("took        2.0 s", "hint        few numbers", "foretell tasks download 1")
                .contains("served      iris:1, 100 % of its calls, as the first version")
                .contains("ensemble    best of iris:1, iris:2")
                .doesNotContain("progress");
    }

    @Test
    void parametersAreShownAsTheyWereOrdered() {
        assertThat(text("""
                        {"id":"1","state":"QUEUED","parameters":{"timeLimit":60.0,"alpha":0.00003,"folds":5}}""")).contains("parameters  timeLimit=60, alpha=0.00003, folds=5");
    }

    @Test
    void oneTrialIsNotTrials() {
        assertThat(text("""
                        {"id":"1","state":"SUCCEEDED","progress":{"done":1.0,"helped":{"other":2}},
                         "result":{"search":{"trials":1,"candidates":1,"cut":{"trials":1}}}}"""))
                .contains("search      1 trial of 1 candidate; cut after trial 1", "helped by   other with 2 trials");
    }

    @Test
    void refusalsNameTheOptionsInThePlaceOfFields() {
        assertThat(FlagNames.in("parameters.folds must be a whole number from 2 to 100"))
                .isEqualTo("--folds must be a whole number from 2 to 100");
        assertThat(FlagNames.in("limits.memory_mb must be a whole number from 32 to 16384"))
                .isEqualTo("--memory in MiB must be a whole number from 32 to 16384");
        assertThat(FlagNames.in("serve.if-better-on")).isEqualTo("--if-better-on");
        assertThat(FlagNames.in("parameters.unknown and data.csv")).isEqualTo("parameters.unknown and data.csv");
    }
}
