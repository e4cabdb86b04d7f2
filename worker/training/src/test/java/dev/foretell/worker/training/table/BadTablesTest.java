package dev.foretell.worker.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.Tables;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each with a sentence that says what is wrong and where, before any work starts. */
class BadTablesTest {
    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("", "The table is empty: its first line must be the names of its columns."),
                Arguments.of("\n\n", "The table is empty: its first line must be the names of its columns."),
                Arguments.of("x,y\n", "The table has 0 rows: at least 5 are needed."),
                Arguments.of("x,y\n1,2\n", "The table has 1 row: at least 5 are needed."),
                Arguments.of("1,2\n3,4\n", "The first line holds numbers: it must be the names of the columns."),
                Arguments.of("x,,y\n1,2,3\n", "Column 2 has no name in the header."),
                Arguments.of("x,x,y\n1,2,3\n", "The header has the column 'x' twice."),
                Arguments.of(
                        "x,z\n1,2\n",
                        "the target 'y' is not a column of the table, which has x, z; did you mean x, z?"),
                Arguments.of(
                        "x;y\n1;2\n",
                        "The header has one column, 'x;y': its values seem to be separated by ';', not by ',': name"
                                + " the separator (parameters.separator, --separator), or change the file."),
                Arguments.of("x,y\n1,2\n1\n", "Line 3 has 1 value where the header has 2."),
                Arguments.of("x,y\n1,2,3\n", "Line 2 has 3 values where the header has 2."),
                Arguments.of(
                        "x,y\n1,\"2\n3,4\n", "Line 2 cannot be read: a quote is not closed, or something follows one."),
                Arguments.of(
                        "x,y\n1,a\n2,a\n3,a\n4,a\n5,a\n",
                        "The target 'y' has one class alone, 'a': there is nothing to tell apart."),
                Arguments.of(
                        "x,y\n1,a\n2,a\n3,a\n4,a\n5,b\n",
                        "The target 'y' has the class 'b' in one row alone, which cannot be both learned and tested: leave"
                                + " it out, or add rows."),
                Arguments.of(
                        "x,y\n1,7\n2,7\n3,7\n4,7\n5,7\n",
                        "The target 'y' is 7.0 in every row: there is nothing to predict."),
                Arguments.of(
                        "x,y\n1,7\n2,\n3,7\n4,NA\n5,8\n",
                        "The target 'y' has no value in 2 rows (the first is line 3): leave these rows out."),
                Arguments.of(
                        "x,y\n1,\n2,\n3,\n4,\n5,\n",
                        "The target 'y' has no value in 5 rows (the first is line 2): leave these rows out."),
                Arguments.of(
                        "x,z,y\n1,NaN,1\n2,nan,2\n3,,3\n4,?,4\n5,NA,5\n",
                        "Column 'z' has no value in any row: leave the column out (parameters.ignore, --ignore)."),
                Arguments.of(
                        "x,y\n1,1\n2,2\n3,3\nfour,4\n5,5\n",
                        "Column 'x', line 5: 'four' is not a number, as the values before it are. Correct the value, leave it"
                                + " empty if it is missing, or name the column among the categories (parameters.categories, --category)."),
                Arguments.of(
                        "x,y\none,1\n2,2\n",
                        "Column 'x', line 3: '2' is a number, where the values before it are texts. Correct the value, leave it"
                                + " empty if it is missing, or name the column among the categories (parameters.categories, --category)."),
                Arguments.of(
                        "x,y\n1,1\n1e999,2\n",
                        "Column 'x', line 3: '1e999' is further from 0 than 1.0E30, the most that is taken: use a larger unit,"
                                + " or leave it empty if it is missing."),
                Arguments.of(
                        "x,day,y\n1,2024-01-05,1\n2,2024-01-06,2\n",
                        "Column 'day' holds dates or times (line 2: '2024-01-05'), which are not supported: give what matters of"
                                + " them as numbers, such as the month or the days since some day, or leave the column out (parameters.ignore, --ignore)."),
                Arguments.of(
                        "x,day,y\n1,5.1.2024 17:30,1\n",
                        "Column 'day' holds dates or times (line 2: '5.1.2024 17:30'), which are not supported: give what matters"
                                + " of them as numbers, such as the month or the days since some day, or leave the column"
                                + " out (parameters.ignore, --ignore)."),
                Arguments.of(
                        "y\n1\n2\n3\n4\n5\n",
                        "The table has no column beside its target: there is nothing to predict from."),
                Arguments.of(
                        "id,y\n"
                                + IntStream.range(0, 30)
                                        .mapToObj(i -> "u" + i + "," + i + "\n")
                                        .collect(Collectors.joining()),
                        "Column 'id' has a different text in every row, like an id, which tells nothing about other rows: leave"
                                + " the column out (parameters.ignore, --ignore)."),
                Arguments.of(
                        "id,y\n"
                                + IntStream.range(0, 30)
                                        .mapToObj(i -> i + "," + i % 7 + "\n")
                                        .collect(Collectors.joining()),
                        "Column 'id' counts the rows, which tells nothing about other rows: leave the column out (parameters.ignore, --ignore)."),
                Arguments.of(
                        "id,y\n"
                                + IntStream.range(0, 3000)
                                        .mapToObj(i -> "u" + i / 2 + "," + i + "\n")
                                        .collect(Collectors.joining()),
                        "Column 'id' has more than 1000 different texts, like ids or free text, which tell nothing about"
                                + " other rows: leave the column out (parameters.ignore, --ignore)."),
                Arguments.of(
                        IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(",")) + "\n",
                        "The header has more than 2000 columns, the maximum: leave some out."),
                Arguments.of(
                        "x,day\n1,2024-01-05\n".replace("day", "y"),
                        "Column 'y' holds dates or times (line 2: '2024-01-05'), which are not supported: give what matters of"
                                + " them as numbers, such as the month or the days since some day, or choose another target."),
                Arguments.of(
                        "id,y\n"
                                + IntStream.range(0, 300)
                                        .mapToObj(i -> i % 9 + ",u" + i / 2 + "\n")
                                        .collect(Collectors.joining()),
                        "Column 'y' has more than 100 different texts, the maximum for the classes of a target: if it holds numbers,"
                                + " write each with a decimal point and nothing else; if it holds ids or free text, choose"
                                + " another target."),
                Arguments.of("\n\nx,y\n\n\"two\nlines\",2\n\na,3,4\n", "Line 8 has 3 values where the header has 2."),
                Arguments.of(
                        "\b\u0007model,y\n1,2\n",
                        "Line 1 has a control character: this is not a text file, and a table is a CSV."),
                Arguments.of(
                        "x,y\n1,\0\n",
                        "Line 2 has a zero byte: this is not a text file, or it is UTF-16; save it as UTF-8."));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void areRefused(String csv, String sentence) {
        assertThatThrownBy(() -> Tables.of(csv, CsvOptions.of("y")))
                .isInstanceOfSatisfying(ServingException.class, e -> {
                    assertThat(e.detail()).isEqualTo(sentence);
                    assertThat(e.kind()).isEqualTo(FailureKind.INVALID_INPUT);
                });
    }

    @Test
    void areRefusedWhereARegressionHasTexts() {
        assertThatThrownBy(() -> Tables.of(
                        "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n", CsvOptions.of("y").withKind(TargetKind.REGRESSION)))
                .hasMessage("The target 'y' holds texts, such as 'a', but a regression predicts numbers: ask for a"
                        + " classification.");
    }

    @Test
    void areRefusedInOtherEncodings() {
        byte[] latin = "x,y\n1,\u00e4\n2,b\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "x,y\n1,2\n".getBytes(StandardCharsets.UTF_16);

        assertThatThrownBy(() -> CsvTable.read(new ByteArrayInputStream(latin), CsvOptions.of("y")))
                .hasMessageStartingWith("The table is not UTF-8: line 2 has bytes of another encoding");
        assertThatThrownBy(() -> CsvTable.read(new ByteArrayInputStream(wide), CsvOptions.of("y")))
                .hasMessage("The table is not UTF-8: line 1 has bytes of another encoding. Save it as UTF-8.");
    }

    /** Far behind what is read at once, and at each place of the last bytes read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 52, 2047, 2048, 2049, 40_000})
    void areRefusedWithTheLineOfTheFirstBytesOfAnotherEncoding(int rows) {
        String table = "x,y\n" + "7,b\n".repeat(rows) + "\u00e4,b\n" + "7,b\n".repeat(100);
        byte[] latin = table.getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> CsvTable.read(new ByteArrayInputStream(latin), CsvOptions.of("y")))
                .hasMessage("The table is not UTF-8: line " + (rows + 2)
                        + " has bytes of another encoding. Save it as UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5,1", "-0,25", "1.234,5", "1,234.5", "1'234,5", "6,02e23"})
    void areRefusedWhereNumbersHaveCommas(String number) {
        String table = "x;y\n5;1\n" + number + ";3\n";

        assertThatThrownBy(() -> Tables.of(table, CsvOptions.of("y").withSeparator(';')))
                .hasMessage("Column 'x', line 3: '" + number
                        + "' is a number with a comma, and numbers have a decimal point and no other sign: write 1234.5, or"
                        + " name the column among the categories (parameters.categories, --category) if its values are"
                        + " names.");
    }

    @Test
    void areTakenWhereNumbersWithCommasAreNames() throws Exception {
        Table table = Tables.of(
                "x;y\n1,1;1\n1,2;2\n1,1;3\n1,2;4\n1,1;5\n",
                CsvOptions.of("y").withSeparator(';').withCategories("x"));

        assertThat(((CategoryColumn) table.features().columns().get(0)).categories())
                .containsExactly("1,1", "1,2");
    }

    @Test
    void areRefusedWithSimilarNamesOfColumns() {
        String header = IntStream.range(0, 90).mapToObj(i -> "column" + i + ",").collect(Collectors.joining());

        assertThatThrownBy(() -> Tables.of(header + "species\n", CsvOptions.of("speces")))
                .hasMessageStartingWith(
                        "the target 'speces' is not a column of the table, which has column0, column1, ")
                .hasMessageEndingWith(" more; did you mean species?");
    }

    @Test
    void areReadNoFurtherThanALineMayBeLong() {
        Endless line = new Endless("x,y\n1,", "2");

        assertThatThrownBy(() -> CsvTable.read(line, CsvOptions.of("y")))
                .hasMessage("Line 2 is longer than 1048576 characters.");
        assertThat(line.given).isLessThan(2 << 20);
    }

    @Test
    void areReadNoFurtherThanAQuotedValueMayBeLong() {
        Endless value = new Endless("x,y\n1,\"", "2\n");

        assertThatThrownBy(() -> CsvTable.read(value, CsvOptions.of("y"))).isInstanceOf(ServingException.class);
        assertThat(value.given).isLessThan(8 << 20);
    }

    @Test
    void areReadNoFurtherThanARowMayHaveValues() {
        Endless row = new Endless("x,y\n1,", "\"\n\",");

        assertThatThrownBy(() -> CsvTable.read(row, CsvOptions.of("y"))).isInstanceOf(ServingException.class);
        assertThat(row.given).isLessThan(8 << 20);
    }

    @Test
    void areReadNoFurtherThanTheyMayHaveRows() {
        TableLimits few = new TableLimits(10, 2_000, 1_000, 10, 10);
        Endless rows = new Endless("x,y\n", "1,2\n");

        assertThatThrownBy(() -> CsvTable.read(rows, CsvOptions.of("y").withLimits(few)))
                .hasMessage(
                        "The table has more than 1000 rows of 2 columns, the maximum: leave rows or columns" + " out.");
        assertThat(rows.given).isLessThan(1 << 20);
    }

    /** A beginning, then the same for a gigabyte; and how much of it was taken. */
    private static final class Endless extends InputStream {
        private final byte[] first;
        private final byte[] rest;
        private long given;

        Endless(String first, String rest) {
            this.first = first.getBytes(StandardCharsets.UTF_8);
            this.rest = rest.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            if (given == 1 << 30) {
                return -1;
            }
            long at = given++;
            return at < first.length ? first[(int) at] : rest[(int) ((at - first.length) % rest.length)];
        }
    }
}
