package dev.foretell.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.wire.RoutingMap;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    static RoutingMap map(String json) {
        return RoutingMap.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static String json(RoutingTable table) {
        return new String(table.toMap().toJson(), StandardCharsets.UTF_8)
                .replace('"', '\'')
                .replace(": ", ":")
                .replace(", ", ",")
                .replace(",'local_worker_id':0", "");
    }

    private static RoutingTable of(String json) {
        return RoutingTable.EMPTY.after(RoutingTable.EMPTY.merge(map(json)));
    }

    private final RoutingTable table =
            of("{'AI':{'a':[{'host':'h','port':1},{'host':'h','port':2}],'b':[{'host':'h','port':1}]},"
                    + "'B':{'a':[{'host':'h','port':1}]}}");

    @Test
    void mergeAddsUpdatesAndKeeps() {
        RoutingTable after =
                table.after(table.merge(map("{'AI':{'a':[{'host':'h','port':2,'weight':5},{'host':'h','port':3}]}}")));

        assertThat(json(after))
                .isEqualTo("{'AI':{'a':[{'host':'h','port':1},{'host':'h','port':2,'weight':5},{'host':'h','port':3}],"
                        + "'b':[{'host':'h','port':1}]},'B':{'a':[{'host':'h','port':1}]}}");
        assertThat(after.revision()).isEqualTo(2);
    }

    @Test
    void mergingWhatIsThereIsNoChange() {
        RoutingChange change = table.merge(map("{'AI':{'a':[{'host':'h','port':2}]}}"));

        assertThat(change.isEmpty()).isTrue();
        assertThat(change.revision()).isEqualTo(table.revision());
        assertThat(table.after(change).models()).isEqualTo(table.models());
    }

    @Test
    void mergingAWorkerKeepsTheModelsPolicyUnlessItNamesOne() {
        RoutingTable random = of("{'AI':{'a':{'policy':'random','workers':[{'host':'h','port':1}]}}}");

        assertThat(json(random.after(random.merge(map("{'AI':{'a':[{'host':'h','port':2}]}}")))))
                .contains("'random'");
        assertThat(json(random.after(
                        random.merge(map("{'AI':{'a':{'policy':'p2c','workers':[{'host':'h','port':1}]}}}")))))
                .contains("'p2c'");
    }

    @Test
    void workersThatDifferInTheirLocalIdAreDifferent() {
        RoutingTable after = table.after(table.merge(map("{'B':{'a':[{'host':'h','port':1,'local_worker_id':1}]}}")));

        assertThat(after.workers()).hasSize(3);
    }

    @Test
    void replaceMakesTheTableExactlyTheMapAndNamesOnlyWhatDiffers() {
        RoutingChange change =
                table.replace(map("{'AI':{'b':[{'host':'h','port':1}]},'C':{'c':[{'host':'h','port':9}]}}"));

        assertThat(json(table.after(change)))
                .isEqualTo("{'AI':{'b':[{'host':'h','port':1}]},'C':{'c':[{'host':'h','port':9}]}}");
        assertThat(change.models().keySet())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("AI/a", "B/a", "C/c");
        assertThat(table.replace(table.toMap()).isEmpty()).isTrue();
    }

    @Test
    void removesATypeAModelOrAWorker() {
        assertThat(json(table.after(table.remove("AI", null, null)))).isEqualTo("{'B':{'a':[{'host':'h','port':1}]}}");
        assertThat(json(table.after(table.remove("AI", "b", null)))).doesNotContain("'b'");
        assertThat(json(table.after(table.remove("AI", "a", "h-1-0")))).contains("'a':[{'host':'h','port':2}]");
        assertThat(json(table.after(table.remove("B", "a", "h-1-0")))).doesNotContain("'B'");
    }

    @Test
    void removingWhatIsNotThereIsNoChange() {
        assertThat(table.remove("C", null, null).isEmpty()).isTrue();
        assertThat(table.remove("AI", "c", null).isEmpty()).isTrue();
        assertThat(table.remove("AI", "a", "h-3-0").isEmpty()).isTrue();
    }
}
