package dev.foretell.worker.training.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.training.Tables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CsvTableTest {
    private static final String PLAIN = """
            size,colour,price
            1.5,red,10
            2,blue,12
            ,red,11
            4e0,,15.5
            5,green,9
            """;

    @Test
    void readsNumbersTextsAndWhatIsMissing() throws IOException {
        Table table = Tables.of(PLAIN, CsvOptions.of("price"));

        assertThat(table.features().names()).containsExactly("size", "colour");
        NumberColumn size = (NumberColumn) table.features().columns().get(0);
        assertThat(size.values()).containsExactly(1.5, 2, Double.NaN, 4, 5);
        CategoryColumn colour = (CategoryColumn) table.features().columns().get(1);
        assertThat(colour.categories()).containsExactly("red", "blue", "green");
        assertThat(colour.codes()).containsExactly(0, 1, 0, CategoryColumn.MISSING, 2);
        assertThat(((NumberTarget) table.target()).values()).containsExactly(10, 12, 11, 15.5, 9);
    }

    @Test
    void isTheSameWithAByteOrderMarkAndWithCarriageReturns() throws IOException {
        Table plain = Tables.of(PLAIN, CsvOptions.of("price"));

        Table other = Tables.of("\uFEFF" + PLAIN.replace("\n", "\r\n"), CsvOptions.of("price"));

        assertThat(other.features().names()).isEqualTo(plain.features().names());
        assertThat(((NumberTarget) other.target()).values()).isEqualTo(((NumberTarget) plain.target()).values());
    }

    @Test
    void takesQuotedSeparatorsQuotesAndLineEnds() throws IOException {
        Table table = Tables.of("""
                "a, b",y
                "x, ""z""\",1
                "two
                lines",2
                v,3
                \sv ,4
                "v",5
                """, CsvOptions.of("y"));

        CategoryColumn column = (CategoryColumn) table.features().columns().get(0);
        assertThat(column.name()).isEqualTo("a, b");
        assertThat(column.categories()).containsExactly("x, \"z\"", "two\nlines", "v");
    }

    @Test
    void sortsTheClassesOfATextTarget() throws IOException {
        Table table = Tables.of("x,y\n1,b\n2,a\n3,b\n5,a\n4,b\n", CsvOptions.of("y"));

        ClassTarget target = (ClassTarget) table.target();
        assertThat(target.classes()).containsExactly("a", "b");
        assertThat(target.indices()).containsExactly(1, 0, 1, 0, 1);
    }

    @Test
    void takesNumbersForClassesWhereToldTo() throws IOException {
        Table table =
                Tables.of("x,y\n1,0\n2,1\n3,1\n5,0\n4,0\n", CsvOptions.of("y").withKind(TargetKind.CLASSIFICATION));

        assertThat(((ClassTarget) table.target()).classes()).containsExactly("0", "1");
    }

    @Test
    void takesNumbersForCategoriesWhereToldTo() throws IOException {
        Table table = Tables.of(
                "zip,y\n01,0\nA2,1\n01,1\n5,0\n5,3\n", CsvOptions.of("y").withCategories("zip"));

        assertThat(((CategoryColumn) table.features().columns().get(0)).categories())
                .containsExactly("01", "A2", "5");
    }

    @Test
    void leavesOutWhatIsIgnored() throws IOException {
        Table table = Tables.of(
                "day,x,y\n2024-01-05,1,1\n?,2,2\nz,4,3\n1,8,4\n,2,5\n",
                CsvOptions.of("y").without("day"));

        assertThat(table.features().names()).containsExactly("x");
    }

    @Test
    void takesOtherSeparators() throws IOException {
        Table table =
                Tables.of("x;y\n1;1\n3;2\n2;3\n7;4\n5;5\n", CsvOptions.of("y").withSeparator(';'));

        assertThat(table.rows()).isEqualTo(5);
    }

    @Test
    void namesItsBytesByTheirDigest() throws IOException {
        byte[] bytes = "x,y\n1,1\n3,2\n2,3\n7,4\n5,5\n".getBytes(StandardCharsets.UTF_8);

        Table table = CsvTable.read(new ByteArrayInputStream(bytes), CsvOptions.of("y"));

        assertThat(table.sha256()).isEqualTo("2a6bbc398f7969c38254961e3f08a11b39df83cc2277062d250bb508c47bc704");
    }
}
