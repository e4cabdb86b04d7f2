package dev.foretell.worker.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foretell.worker.training.ServedModel;
import dev.foretell.worker.training.Tables;
import dev.foretell.worker.training.engine.LargeTable;
import dev.foretell.worker.training.engine.LargeTableReader;
import dev.foretell.worker.training.engine.TrainingRows;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.prepare.Preparation;
import dev.foretell.worker.training.table.ClassTarget;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that Spark has trained, as they are served. */
class SparkEngineTest {
    private static final int ROWS = 10_000;
    private static final Map<String, Number> SMALL_FOREST = Map.of("trees", 12, "max-depth", 6);
    private static final Map<String, Number> SHORT_BOOSTING = Map.of("stages", 8);

    @TempDir
    private static Path folder = Path.of("");

    /** One for all tests: its start takes longer than most of them. */
    private static @Nullable SparkSession started;

    @BeforeAll
    static void start() {
        started = Session.start("local[2]", folder, passes -> {});
    }

    @AfterAll
    static void stop() {
        session().stop();
    }

    private static SparkSession session() {
        return Objects.requireNonNull(started);
    }

    private static LargeTable read(InputStream csv, CsvOptions options) throws IOException {
        Path rows = Files.createTempFile(folder, "rows", ".bin");
        try (LargeTableReader reader = new LargeTableReader(rows, 5, 1, () -> {})) {
            return reader.read(csv, options);
        }
    }

    private static LargeTable reference(String name) throws IOException {
        try (InputStream csv = Tables.resource(name + ".csv")) {
            return read(csv, CsvOptions.of(Objects.requireNonNull(Tables.TARGETS.get(name))));
        }
    }

    /** A trained pipeline, and Spark's own model within it. */
    private record Trained(TrainedPipeline pipeline, Preparation preparation, Fitted fitted) {
        static Trained of(Pipeline pipeline, LargeTable table, int withoutPart) {
            SparkEngine engine = new SparkEngine(session());
            Preparation preparation = table.prepare(withoutPart, engine.scale(pipeline));
            Fitted fitted = engine.fit(pipeline, table.rows(withoutPart, preparation));
            return new Trained(
                    TrainedPipeline.of(
                            preparation,
                            fitted.model(),
                            table.shape().features(),
                            table.shape().target()),
                    preparation,
                    fitted);
        }

        void assertServedAsSparkAnswers(Features rows) throws Exception {
            try (ServedModel served = new ServedModel(pipeline.onnx())) {
                new SparkAnswers(session(), fitted.own(), preparation.apply(rows))
                        .assertServedBy(served, rows, pipeline.classes());
            }
        }
    }

    static Stream<Arguments> pipelines() {
        return Stream.of(
                Arguments.of("iris", Algorithm.DECISION_TREE, Map.of()),
                Arguments.of("wine", Algorithm.RANDOM_FOREST, SMALL_FOREST),
                Arguments.of("breast_cancer", Algorithm.GRADIENT_BOOSTING, SHORT_BOOSTING),
                Arguments.of("breast_cancer", Algorithm.LOGISTIC_REGRESSION, Map.of()),
                Arguments.of("wine", Algorithm.LOGISTIC_REGRESSION, Map.of()),
                Arguments.of("friedman1", Algorithm.DECISION_TREE, Map.of()),
                Arguments.of("diabetes", Algorithm.RANDOM_FOREST, SMALL_FOREST),
                Arguments.of("friedman1", Algorithm.GRADIENT_BOOSTING, SHORT_BOOSTING),
                Arguments.of("diabetes", Algorithm.LINEAR_REGRESSION, Map.of()),
                Arguments.of("friedman1", Algorithm.HUBER_REGRESSION, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void theFileAnswersAsSparkDoes(String name, Algorithm algorithm, Map<String, Number> parameters) throws Exception {
        LargeTable table = reference(name);

        Trained trained = Trained.of(Pipeline.of(algorithm, parameters, 1), table, TrainingRows.NONE);

        trained.assertServedAsSparkAnswers(Tables.like(table.sample().features(), ROWS, 7));
    }

    static Stream<Arguments> convex() {
        return Stream.of(
                Arguments.of("diabetes", Algorithm.LINEAR_REGRESSION, Map.of("alpha", 20)),
                Arguments.of("friedman1", Algorithm.HUBER_REGRESSION, Map.of("alpha", 3)),
                Arguments.of("breast_cancer", Algorithm.LOGISTIC_REGRESSION, Map.of("c", 0.1)),
                Arguments.of("wine", Algorithm.LOGISTIC_REGRESSION, Map.of("c", 0.1)));
    }

    /** One minimum, whoever seeks it: the objectives and their penalties are the same. */
    @ParameterizedTest
    @MethodSource("convex")
    void comesToTheModelOfTheOtherEngine(String name, Algorithm algorithm, Map<String, Number> parameters)
            throws Exception {
        LargeTable table = reference(name);
        Pipeline pipeline = Pipeline.of(algorithm, parameters, 1);
        Features rows = table.sample().features();

        Predictions spark =
                Trained.of(pipeline, table, TrainingRows.NONE).pipeline().predict(rows);

        Predictions own = pipeline.train(Tables.reference(name), 1).predict(rows);
        double largest = Arrays.stream(own.values())
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
        for (int i = 0; i < own.rows(); i++) {
            assertThat(spark.values()[i]).containsExactly(own.values()[i], within(1e-4 * largest));
        }
    }

    static Stream<JsonNode> huberSets() throws IOException {
        JsonNode sets =
                new ObjectMapper().readTree(Tables.resource("huber.json")).path("sets");
        return Stream.of(sets.path(0), sets.path(4), sets.path(9));
    }

    @ParameterizedTest
    @MethodSource("huberSets")
    void huberIsAtTheOptimum(JsonNode set) throws Exception {
        LargeTable table = read(csv(set), CsvOptions.of("y"));
        Pipeline pipeline = Pipeline.of(
                Algorithm.HUBER_REGRESSION,
                Map.of(
                        "epsilon",
                        set.path("epsilon").asDouble(1.35),
                        "alpha",
                        set.path("alpha").asDouble(1e-4)),
                1);

        Fitted fitted = Trained.of(pipeline, table, TrainingRows.NONE).fitted();

        double[] expected = doubles(set.at("/optimum/coef"));
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(((dev.foretell.worker.training.model.LinearModel) fitted.model()).weights()[0])
                .containsExactly(expected, within(1e-3 * largest));
    }

    private static InputStream csv(JsonNode set) {
        StringBuilder csv = new StringBuilder();
        int width = set.path("x").path(0).size();
        for (int j = 0; j < width; j++) {
            csv.append('x').append(j).append(',');
        }
        csv.append("y\n");
        for (int i = 0; i < set.path("x").size(); i++) {
            for (JsonNode value : set.path("x").path(i)) {
                csv.append(value.asText()).append(',');
            }
            csv.append(set.path("y").path(i).asText()).append('\n');
        }
        return new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.path(i).asDouble();
        }
        return values;
    }

    /** Texts, missing values, a class of two rows. Logistic regression makes some hundred passes for each part. */
    @ParameterizedTest
    @CsvSource({"LOGISTIC_REGRESSION, 1", "DECISION_TREE, 5"})
    void mixedColumnsAreImputedEncodedAndScaledInTheFile(Algorithm algorithm, int parts) throws Exception {
        StringBuilder csv = new StringBuilder("colour,size,weight,kind\n");
        SplittableRandom random = new SplittableRandom(5);
        List<String> colours = List.of("red", "green", "NA", "blue");
        for (int i = 0; i < 400; i++) {
            int colour = random.nextInt(4);
            double size = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(1000) / 7.0;
            csv.append(colours.get(colour)).append(',').append(size).append(',').append(random.nextDouble());
            csv.append(',')
                    .append(i < 2 ? "rare" : size > 70 ^ colour == 1 ? "odd" : "even")
                    .append('\n');
        }
        LargeTable table =
                read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), CsvOptions.of("kind"));

        for (int part = 0; part < parts; part++) {
            Trained trained = Trained.of(Pipeline.of(algorithm, Map.of(), 1), table, part);
            trained.assertServedAsSparkAnswers(Tables.like(table.sample().features(), 500, part));
            Table heldOut = table.heldOut(part);
            assertThat(trained.pipeline().predict(heldOut.features()).values()[0])
                    .hasSize(3);
            assertThat(((ClassTarget) heldOut.target()).classes()).containsExactly("even", "odd", "rare");
        }
    }

    @Test
    void boostingOfThreeClassesIsRefused() throws Exception {
        LargeTable table = reference("iris");
        Pipeline pipeline = Pipeline.of(Algorithm.GRADIENT_BOOSTING, Map.of(), 1);

        assertThatThrownBy(() ->
                        new SparkEngineProvider().check(pipeline, table.shape().target()))
                .hasMessageContaining("has 3 classes, and Spark's gradient-boosting is for two");
    }

    /** A process is not lost to itself because the machine was suspended or overloaded for two minutes. */
    @Test
    void noStandstillOfTheMachineEndsTheContext() {
        SparkConf settings = session().sparkContext().getConf();

        assertThat(Duration.ofSeconds(settings.getTimeAsSeconds("spark.network.timeout")))
                .isGreaterThan(Duration.ofHours(24));
        assertThat(settings.getInt("spark.executor.heartbeat.maxFailures", 60)).isEqualTo(Integer.MAX_VALUE);
    }
}
