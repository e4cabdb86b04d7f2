package dev.foretell.router.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.foretell.commons.json.Json;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    @Test
    void isKeptAsFlatJson() throws JsonProcessingException {
        Ensemble ensemble = RecipeReader.read("both", "AI", Json.MAPPER.readTree("""
                {"merge":"softVote","members":["a",{"model":"b","weight":2}],"labels":["x","y"],"description":"d"}
                """));

        String json = Json.writeText(ensemble);

        assertThat(json).isEqualTo("""
                {"type":"AI","name":"both","description":"d","merge":"softVote",\
                "members":[{"name":"a","type":"AI","model":"a","weight":1.0,"deadlineMs":0,"output":null},\
                {"name":"b","type":"AI","model":"b","weight":2.0,"deadlineMs":0,"output":null}],\
                "quorum":2,"onMissing":"reweight","labels":["x","y"]}""");
        assertThat(Json.MAPPER.readValue(json, Ensemble.class)).isEqualTo(ensemble);
    }
}
