package dev.foretell.commons.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingMapTest {
    private static RoutingMap parse(String json) {
        return RoutingMap.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'AI':{'fib':[{'host':'localhost','port':9001,'local_worker_id':0}]}}",
                "{'AI':{'a':[{'host':'2001:db8::1','port':65535,'local_worker_id':2147483647}],'b':[{'host':'10.0.0.1','port':1,'local_worker_id':0}]},'B-1.x_y':{'m':[{'host':'worker.example','port':80,'local_worker_id':0}]}}",
                "{'AI':{'fib':{'policy':'round_robin','workers':[{'host':'h','port':1,'local_worker_id':0,'function':'f','weight':1000,'lease_ms':1000}]}}}"
            })
    void whatIsWrittenReadsBackTheSame(String json) {
        RoutingMap map = parse(json);

        assertThat(new String(map.toJson(), StandardCharsets.UTF_8))
                .isEqualTo(json.replace(",", ", ").replace("':", "': ").replace('\'', '"'));
        assertThat(RoutingMap.parse(map.toJson())).isEqualTo(map);
        map.models()
                .values()
                .forEach(model ->
                        assertThat(RoutingMap.Model.parse(model.toJson())).isEqualTo(model));
    }

    @Test
    void aModelWithAPolicyIsAlwaysWrittenTheSameWay() {
        RoutingMap.Model model = parse("{'AI':{'fib':{'workers':[{'host':'h','port':1}],'policy':'p2c'}}}")
                .models()
                .values()
                .iterator()
                .next();

        assertThat(model.toJson()).isEqualTo("""
                {"policy":"p2c","workers":[{"host":"h","port":1,"local_worker_id":0}]}""");
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        WorkerEntry worker = parse("{'AI':{'fib':[{'host':'h','port':1,'weight':null,'function':null}]}}")
                .models()
                .values()
                .iterator()
                .next()
                .workers()
                .get(0);

        assertThat(worker).isEqualTo(WorkerEntry.of("h", 1, 0));
        assertThat(worker.share()).isEqualTo(1);
        assertThat(worker.id()).hasToString("h-1-0");
    }

    @Test
    void aLocalIdThatFitsNoIntIsAnErrorRatherThanAnother() {
        String map = """
                {"AI":{"fib":[{"host":"h","port":1,"local_worker_id":1099511627776}]}}""";

        assertThatThrownBy(() -> RoutingMap.parse(map.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("1099511627776 is over 2147483647");
    }

    @Test
    void namesTheFirstTwentyProblemsAndNoMore() {
        String bad = "{'AI':{'fib':[" + "{'host':'h'},".repeat(50) + "{'host':'h'}]}}";

        assertThatThrownBy(() -> parse(bad)).isInstanceOfSatisfying(ServingException.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.INVALID_INPUT);
            assertThat(e.detail().split("; ")).hasSize(20);
        });
    }
}
