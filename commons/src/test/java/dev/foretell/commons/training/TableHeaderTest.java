package dev.foretell.commons.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableHeaderTest {
    private static TableHeader read(String table) {
        return TableHeader.of(table.getBytes(StandardCharsets.UTF_8), ',');
    }

    private static TrainingParameters order(String target, String ignored) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("target", target).put("algorithm", "baseline");
        json.putArray("ignore").add(ignored);
        return TrainingParameters.of(json);
    }

    @Test
    void namesAreReadAsTrainersReadThem() {
        assertThat(read("a,b\n1,2\n").names()).containsExactly("a", "b");
        assertThat(read("\uFEFFa , \"b, \"\"c\"\"\"\r\n1,2").names()).containsExactly("a", "b, \"c\"");
        assertThat(read("\n\n\"two\nlines\",b\n").names()).containsExactly("two\nlines", "b");
        assertThat(read("a,b").names()).containsExactly("a", "b");
        assertThat(TableHeader.of("a;b\n".getBytes(StandardCharsets.UTF_8), ';').names())
                .containsExactly("a", "b");
    }

    @Test
    void whatCannotBeReadIsLeftToTheTrainer() {
        TableHeader wrongEncoding = TableHeader.of(new byte[] {'a', ',', (byte) 0xFF, '\n'}, ',');
        TableHeader tooLong = read("a".repeat(TableHeader.MAX_BYTES));
        TableHeader otherSeparator = read("a;y;b\n");

        assertThat(wrongEncoding.names()).isEmpty();
        assertThat(tooLong.names()).hasSizeLessThan(2);
        assertThatCode(() -> otherSeparator.require(order("y", "b"))).doesNotThrowAnyException();
    }

    @Test
    void aColumnThatIsMissingIsRefusedWithTheNearestName() {
        TableHeader header = read("length,species\n");

        assertThatThrownBy(() -> header.require(order("specis", "length")))
                .hasMessage("the target 'specis' is not a column of the table, which has length, species;"
                        + " did you mean species?");
        assertThatThrownBy(() -> header.require(order("species", "x")))
                .hasMessageContaining("the column to ignore 'x' is not a column of the table");
    }
}
