package dev.foretell.router.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.foretell.commons.json.Json;
import org.junit.jupiter.api.Test;

class TaskTest {
    @Test
    void isKeptAsFlatJson() throws JsonProcessingException {
        TaskOrder order = new TaskOrder(
                TaskOrder.TRAIN,
                "t",
                Json.MAPPER.readTree("{\"target\":\"y\"}"),
                new TaskData("ab", 12, "t.csv"),
                new TaskLimits(600_000, 512),
                new ServeOrder("iris", ServeOrder.As.PROMOTE, 0, "", ""));
        Task task = Task.queue("06ck3k8v000001", order, new TaskOrigin("key", "cd"), 1000)
                .claim("trainer-1", 2000)
                .hear(1, Json.MAPPER.readTree("{\"rows\":5}"), 3000);

        String json = Json.writeText(task);

        assertThat(json).isEqualTo("""
                {"id":"06ck3k8v000001",\
                "order":{"kind":"train","name":"t","parameters":{"target":"y"},\
                "data":{"digest":"ab","bytes":12,"name":"t.csv"},"limits":{"timeMs":600000,"memoryMb":512},\
                "serve":{"model":"iris","as":"PROMOTE","weight":0,"ifBetterOn":"","ensemble":""}},\
                "origin":{"key":"key","fingerprint":"cd"},\
                "state":"RUNNING",\
                "run":{"attempts":1,"fence":1,"trainer":"trainer-1","progress":{"rows":5}},\
                "outcome":{"result":null,"error":""},\
                "times":{"created":1000,"started":2000,"heard":3000,"finished":0},\
                "revision":3}""");
        assertThat(Json.MAPPER.readValue(json, Task.class)).isEqualTo(task);
    }
}
