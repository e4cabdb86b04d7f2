package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.TargetKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts beside numbers, some of both missing, columns of very different sizes. */
class MixedTableTest {
    private static final List<String> COLOURS = List.of("red", "green", "\u00fcbergr\u00fcn", "a, \"b\"", "");
    private static final List<String> MAKERS = List.of("acme", "zeta");

    static Stream<Arguments> pipelines() {
        return Arrays.stream(TargetKind.values())
                .flatMap(kind -> Arrays.stream(Algorithm.values())
                        .filter(algorithm -> algorithm.learns(kind))
                        .map(algorithm -> Arguments.of(kind, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void areServedAsTheTrainerAnswers(TargetKind kind, Algorithm algorithm) throws Exception {
        Table table = table(kind);
        TrainedPipeline trained = Pipeline.of(algorithm, Map.of(), 3).train(table, 1);

        try (ServedModel served = new ServedModel(trained.onnx())) {
            assertThat(served.inputs()).containsExactly("year", "colour", "tiny part", "maker", "constant");
            served.assertAnswersAs(trained, Tables.like(table.features(), 2_000, 5));
            served.assertAnswersAs(trained, unknown());
        }
    }

    /** Missing words in training were a category; among makers none was missing, so that missing is as good as unknown. */
    @Test
    void answerUnknownAndMissingTextsAsDefined() throws Exception {
        TrainedPipeline trained =
                Pipeline.of(Algorithm.LINEAR_REGRESSION, Map.of(), 3).train(table(TargetKind.REGRESSION), 1);

        try (ServedModel served = new ServedModel(trained.onnx())) {
            float[][] answers = served.numbers(unknown(), "prediction");
            assertThat(answers[1]).isEqualTo(answers[0]);
            assertThat(answers[3]).isEqualTo(answers[2]);
            assertThat(answers[4]).isEqualTo(answers[3]);
            assertThat(answers[2]).isNotEqualTo(answers[0]);
        }
    }

    @Test
    void leaveNothingOfTheMachineInTheFile() throws Exception {
        byte[] file = Pipeline.of(Algorithm.RANDOM_FOREST, Map.of("trees", 2), 3)
                .train(table(TargetKind.CLASSIFICATION), 1)
                .onnx();

        try (ServedModel served = new ServedModel(file)) {
            assertThat(served.metadata())
                    .containsExactly(Map.entry("labels.probabilities", "[\"high\",\"low\",\"middle\"]"));
        }
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text)
                .contains("foretell")
                .doesNotContainIgnoringCase("tribuo")
                .doesNotContain(System.getProperty("user.dir"))
                .doesNotContain(InetAddress.getLocalHost().getHostName());
    }

    private static Features unknown() {
        double nothing = Double.NaN;
        List<Column> columns = List.of(
                new NumberColumn("year", new double[] {2001, 2001, 2001, 2001, 2001, nothing}),
                new CategoryColumn("colour", List.of("pink", "mauve", "NA", "null"), new int[] {
                    0, 1, CategoryColumn.MISSING, 2, 3, 0
                }),
                new NumberColumn("tiny part", new double[] {1e-7, 1e-7, 1e-7, 1e-7, 1e-7, nothing}),
                new CategoryColumn("maker", List.of("other"), new int[] {CategoryColumn.MISSING, 0, 0, 0, 0, 0}),
                new NumberColumn("constant", new double[] {3, 3, 3, 3, 3, nothing}));
        return new Features(columns, 6);
    }

    private static Table table(TargetKind kind) throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder csv = new StringBuilder("year,colour,tiny part,maker,constant,y\n");
        for (int i = 0; i < 300; i++) {
            int year = 1990 + random.nextInt(30);
            int colour = random.nextInt(COLOURS.size());
            int maker = random.nextInt(MAKERS.size());
            double tiny = random.nextDouble() * 1e-6;
            double sum = year / 10.0 + 3 * colour + 5 * maker + tiny * 1e7 + random.nextDouble();
            csv.append(random.nextInt(20) == 0 ? "" : String.valueOf(1_000_000_000 + year))
                    .append(',');
            csv.append('"').append(COLOURS.get(colour).replace("\"", "\"\"")).append("\",");
            csv.append(random.nextInt(20) == 0 ? "NA" : String.valueOf(tiny)).append(',');
            csv.append(MAKERS.get(maker)).append(",3,");
            csv.append(
                    kind == TargetKind.REGRESSION
                            ? String.valueOf(sum)
                            : sum > 212 ? "high" : sum > 208 ? "middle" : "low");
            csv.append('\n');
        }
        return Tables.of(csv.toString(), CsvOptions.of("y"));
    }
}
