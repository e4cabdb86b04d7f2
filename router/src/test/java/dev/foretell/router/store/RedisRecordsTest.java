package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.discovery.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRecordsTest {
    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final Records records = OPEN.store().records();

    @Test
    void keepsTheLatestOfEachId() {
        await(records.put("a", "{\"name\":\"old\"}"));
        await(records.put("a", "{\"name\":\"ünïcode\"}"));
        await(records.put("b", "{}"));

        assertThat(await(records.get("a"))).contains("{\"name\":\"ünïcode\"}");
        assertThat(await(records.all())).containsExactlyInAnyOrder("{\"name\":\"ünïcode\"}", "{}");
    }

    @Test
    void returnsWhatItTakesOut() {
        await(records.put("a", "{}"));

        assertThat(await(records.remove("a"))).contains("{}");
        assertThat(await(records.remove("a"))).isEmpty();
        assertThat(await(records.get("a"))).isEmpty();
        assertThat(await(records.all())).isEmpty();
    }
}
