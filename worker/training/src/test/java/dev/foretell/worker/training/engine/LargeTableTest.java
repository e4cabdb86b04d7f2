package dev.foretell.worker.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.Tables;
import dev.foretell.worker.training.prepare.Preparation;
import dev.foretell.worker.training.prepare.PreparationOptions;
import dev.foretell.worker.training.prepare.RowEncoder;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that pass by, and what is left of them. */
class LargeTableTest {
    private static final int PARTS = 4;
    private static final CsvOptions KIND = CsvOptions.of("kind").without("note");

    @TempDir
    private Path folder = Path.of("");

    private LargeTable read(String csv, CsvOptions options) throws IOException {
        Path rows = folder.resolve("rows.bin");
        try (LargeTableReader reader = new LargeTableReader(rows, PARTS, 1, () -> {})) {
            return reader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), options);
        }
    }

    /** Texts, numbers, both with missing values, a target in the middle, a column that is ignored. */
    private static String mixed(int rows) {
        StringBuilder csv = new StringBuilder("colour,kind,size,note,weight\n");
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < rows; i++) {
            csv.append(List.of("red", "green", "", "blue").get(random.nextInt(4)))
                    .append(random.nextInt(3) == 0 ? ",b," : ",a,")
                    .append(random.nextInt(10) == 0 ? "NA" : random.nextInt(1000) / 7.0)
                    .append(",\"note, ")
                    .append(i)
                    .append("\",")
                    .append(random.nextDouble() - 3)
                    .append('\n');
        }
        return csv.toString();
    }

    @ParameterizedTest
    @CsvSource({"NONE", "STANDARD", "RANGE"})
    void itsPreparationIsThatOfTheTableInMemory(Scale scale) throws IOException {
        String csv = mixed(300);
        Table table = Tables.of(csv, KIND);
        LargeTable large = read(csv, KIND);

        Preparation preparation = large.prepare(TrainingRows.NONE, scale);

        double[][] expected = Preparation.learn(table.features(), table.target(), new PreparationOptions(scale, 1))
                .apply(table.features());
        double[][] applied = preparation.apply(table.features());
        RowEncoder encoder = large.rows(TrainingRows.NONE, preparation).encoder();
        List<double[]> rows = rows(4);
        for (int i = 0; i < expected.length; i++) {
            assertThat(applied[i]).containsExactly(expected[i], within(1e-12));
            assertThat(encoder.encode(rows.get(i))).containsExactly(applied[i], within(0.0));
        }
    }

    @Test
    void whatAPartHoldsIsNotLearnedWhereItIsHeldOut() throws IOException {
        LargeTable large = read(mixed(300), KIND);
        Table heldOut = large.heldOut(2);

        Preparation without = large.prepare(2, Scale.STANDARD);

        double mean = Arrays.stream(without.apply(heldOut.features()))
                .mapToDouble(row -> row[row.length - 1])
                .average()
                .orElseThrow();
        assertThat(Math.abs(mean)).isGreaterThan(1e-3);
        assertThat(large.rows(2, without).count() + heldOut.rows()).isEqualTo(300);
        assertThat(large.rows(TrainingRows.NONE, without).count()).isEqualTo(300);
    }

    @Test
    void eachPartHasItsShareOfEachClass() throws IOException {
        LargeTable large = read(mixed(400), KIND);
        int[] all = ((ClassTarget) large.sample().target()).counts();

        for (int part = 0; part < PARTS; part++) {
            int[] counts = ((ClassTarget) large.heldOut(part).target()).counts();
            assertThat(counts[0]).isBetween(all[0] / PARTS, all[0] / PARTS + 1);
            assertThat(counts[1]).isBetween(all[1] / PARTS, all[1] / PARTS + 1);
        }
    }

    @Test
    void itsRowsAreInTheFileInTheirOrder() throws IOException {
        LargeTable large = read("y,x,c\n1.5,2,u\n2.5,,v\n3.5,4,u\n4.5,9,v\n5.5,8,\n6.5,1,u\n", CsvOptions.of("y"));

        assertThat(rows(3).get(0)).containsExactly(2, 0, 1.5);
        assertThat(rows(3).get(1)).containsExactly(Double.NaN, 1, 2.5);
        assertThat(rows(3).get(4)).containsExactly(8, Double.NaN, 5.5);
        assertThat(large.shape().rows()).isEqualTo(6);
        assertThat(large.shape().features().names()).containsExactly("x", "c");
        assertThat(((NumberTarget) large.sample().target()).values()).hasSize(6).contains(1.5, 6.5);
    }

    private List<double[]> rows(int cells) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("rows.bin")));
        List<double[]> rows = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] row = new byte[(cells + 1) * Double.BYTES];
            bytes.get(row);
            assertThat(RowFile.part(row)).isBetween(0, PARTS - 1);
            rows.add(RowFile.cells(row));
        }
        return rows;
    }

    @Test
    void aSampleIsDrawnEvenlyFromAllRows() {
        RowSample sample = new RowSample(500, 3);

        for (int i = 0; i < 5000; i++) {
            sample.offer(new double[] {i});
        }

        assertThat(sample.rows()).hasSize(500);
        assertThat(sample.rowCount()).isEqualTo(5000);
        assertThat(sample.rows().stream().mapToDouble(row -> row[0]).average().orElseThrow())
                .isBetween(2250.0, 2750.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,y;1,2;2,2;3,2;4,2;6,2|is 2.0 in every row",
                "x,y;1,a;2,a;3,a;4,a;6,a|has one class alone, 'a'",
                "x,y;1,a;2,a;3,b;4,a;6,a|has the class 'b' in one row alone",
                "x,y;1,1;2,;3,3;4,;6,5|has no value in 2 rows (the first is line 3)",
                "x,y;1,1;2,2;3,3|The table has 3 rows: at least 5",
                "x,y;1,1;2,2;t,3|Column 'x', line 4: 't' is not a number",
                "x,y;1,1;2|Line 3 has 1 value where the header has 2",
                "x,y;,1;,2;,3;,4;,5|Column 'x' has no value in any row",
            })
    void whatNoTrainingCanUseIsRefusedInTheSameWords(String csv, String message) {
        String lines = csv.replace(';', '\n') + "\n";

        assertThatThrownBy(() -> Tables.of(lines, CsvOptions.of("y"))).hasMessageContaining(message);
        assertThatThrownBy(() -> read(lines, CsvOptions.of("y"))).hasMessageContaining(message);
    }

    @Test
    void idsAreRefusedToo() {
        StringBuilder counted = new StringBuilder("id,x,y\n");
        StringBuilder named = new StringBuilder("id,x,y\n");
        for (int i = 0; i < 30; i++) {
            counted.append(i + 7).append(",1,").append(i % 3).append('\n');
            named.append("u").append(i).append(",1,").append(i % 3).append('\n');
        }

        assertThatThrownBy(() -> read(counted.toString(), CsvOptions.of("y"))).hasMessageContaining("counts the rows");
        assertThatThrownBy(() -> read(named.toString(), CsvOptions.of("y")))
                .hasMessageContaining("a different text in every row");
    }

    @Test
    void partsWithoutARowAreRefused() throws IOException {
        LargeTable large = read("x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n", CsvOptions.of("y"));

        assertThatThrownBy(() -> {
                    for (int part = 0; part < PARTS; part++) {
                        large.heldOut(part);
                    }
                })
                .hasMessageContaining("5 rows are too few for 4 parts");
    }
}
