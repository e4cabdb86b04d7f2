package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.discovery.Records;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRecordsTest {
    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final Records records = OPEN.store().records();

    @Test
    void keepsTheLatestOfEachId() {
        await(records.put("a", """
                {"name":"old"}"""));
        await(records.put("a", """
                {"name":"ünïcode"}"""));
        await(records.put("b", "{}"));

        assertThat(await(records.get("a"))).contains("""
                {"name":"ünïcode"}""");
        assertThat(await(records.all())).containsExactlyInAnyOrder("""
                {"name":"ünïcode"}""", "{}");
    }

    @Test
    void keepNothingThatWouldBeReadAsSomethingElse() {
        Future<Void> put = records.put("a", """
                {"name":"\ud83d"}""");

        assertThatThrownBy(() -> await(put)).isInstanceOf(ServingException.class);
        assertThat(await(records.get("a"))).isEmpty();
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
