package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.LiveRouter.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans and aliases that do not fit change nothing. */
class BadPlansTest extends RolloutFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"weights\":{\"1\":95,\"2\":10}}; the weights add up to 105, not to 100",
                "{\"weights\":{\"v1\":100}}; weights must be whole percents from 0 to 100, by version: 'v1' is 100",
                "{\"weights\":{\"1\":100},\"expect\":5}; expect must be an object",
                "{\"weights\":{\"1\":101,\"2\":-1}}; whole percents",
                "{\"weights\":{\"1\":50.5,\"2\":49.5}}; whole percents",
                "{\"weights\":{\"1\":50,\"9\":50}}; no version 9",
                "{\"weights\":[100]}; object",
                "{\"weight\":{\"1\":100}}; unknown field 'weight'",
                "{}; missing",
                "[]; object",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":2}}; the canary must have a weight",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":1,\"errorRatio\":7}}; errorRatio",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":1}}; to another version",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":\"two\"}}; canary.version",
                "{\"weights\":{\"1\":95,\"2\":5},\"canary\":{\"version\":2,\"atLeastCalls\":4294967297}}; canary.atLeastCalls must be a whole",
                "{\"weights\":{\"1\":95,\"2\":5},\"canary\":{\"version\":2,\"atLeastCalls\":5.5}}; canary.atLeastCalls must be a whole",
                "{\"weights\":{\"1\":95,\"2\":5},\"canary\":{\"version\":2,\"errorRatio\":\"a\"}}; canary.errorRatio must be a number",
                "{\"weights\":{\"1\":95,\"2\":5},\"canary\":{\"version\":2,\"p95Ratio\":1e400}}; canary.p95Ratio must be a number",
                "{\"weights\":{\"1\":95,\"2\":5},\"canary\":{\"version\":4294967298}}; canary.version must be a whole number",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":2,\"percent\":4294967346}}; shadow.percent must be a whole",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":2,\"percent\":\"50\"}}; shadow.percent must be a whole",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":9}}; no version 9",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":2,\"percent\":0}}; percent",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":1}}; must not be the version that has all calls",
            })
    void aPlanThatDoesNotFitChangesNothing(String bad, String why) {
        if (router.get("/v1/models/kept-as-it-is").status() == 404) {
            versions("kept-as-it-is", 2);
        }
        String before = traffic("kept-as-it-is").path("weights").toString();

        Answer refused = plan("kept-as-it-is", bad);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains(why);
        assertThat(traffic("kept-as-it-is").path("weights").toString()).isEqualTo(before);
    }

    @Test
    void anAliasIsAName() {
        versions("unnamed", 1);

        for (String alias : List.of("..%2F..", "a%2Fb", "7", "a%20b", "a".repeat(300))) {
            Answer refused = router.put("/v1/models/unnamed/aliases/" + alias, """
                    {"target":1}""");

            assertThat(refused.status()).as(alias).isEqualTo(422);
            assertThat(refused.detail()).contains("an alias must be a name like prod");
        }
        assertThat(router.get("/v1/models/unnamed").json().path("aliases")).isEmpty();
    }

    @Test
    void aPlanThatExpectsSomethingElseChangesNothing() {
        versions("expected", 2);

        assertThat(plan("expected", """
                {"weights":{"2":100},"expect":{"1":95,"2":5}}""").code()).isEqualTo("CONFLICT");
        assertThat(router.post("/v1/models/expected/promote", """
                {"version":2,"expect":2}""").code()).isEqualTo("CONFLICT");
        assertThat(router.post("/v1/models/expected/promote", """
                {"version":9}""").status()).isEqualTo(422);
        assertThat(router.post("/v1/models/expected/promote", "{}").status()).isEqualTo(422);
        assertThat(router.post("/v1/models/expected/promote", """
                {"version":2,"exp":1}""").detail())
                .isEqualTo("the body has an unknown field 'exp'; there are expect, version");
        assertThat(router.put("/v1/models/expected/aliases/a", """
                {"target":2,"expected":99}""").detail())
                .isEqualTo("the body has an unknown field 'expected'; there are expect, target");
        assertThat(router.get("/v1/models/expected").json().path("aliases")).isEmpty();
        assertThat(router.post("/v1/models/nowhere/promote", """
                {"version":1}""").status()).isEqualTo(404);
        assertThat(json("""
                {"1":100}""")).isEqualTo(traffic("expected").path("weights"));
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }
}
