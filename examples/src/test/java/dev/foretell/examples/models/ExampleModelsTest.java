package dev.foretell.examples.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OrtException;
import dev.foretell.examples.Iris;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleModelsTest {
    private static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");

    @Test
    void irisTellsTheSpecies() throws OrtException {
        try (Onnx iris = new Onnx(ExampleModels.iris())) {
            List<Iris.Flower> flowers = Iris.read();
            float[] rows = new float[flowers.size() * 4];
            IntStream.range(0, rows.length)
                    .forEach(i -> rows[i] = (float) flowers.get(i / 4).measures()[i % 4]);

            long[] labels = (long[]) iris.run("output_label", rows, flowers.size(), 4);

            assertThat(iris.outputs()).containsExactly("output_label", "output_probability");
            assertThat(iris.inputShape()).containsExactly(-1, 4);
            assertThat(IntStream.range(0, labels.length)
                            .filter(i -> flowers.get(i).species().equals(SPECIES.get((int) labels[i])))
                            .count())
                    .isGreaterThanOrEqualTo(144);
        }
    }

    @Test
    void irisSaysHowLikelyEachIs() throws OrtException {
        try (Onnx iris = new Onnx(ExampleModels.iris())) {
            List<?> maps = (List<?>) iris.run("output_probability", new float[] {5.1f, 3.5f, 1.4f, 0.2f}, 1, 4);

            assertThat(maps)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            OnnxMap.class, map -> assertThat(likely(map, 0)).isGreaterThan(0.9f));
        }
    }

    private static float likely(OnnxMap map, long species) {
        try {
            Object probability = map.getValue().get(species);
            return probability instanceof Float number ? number : -1;
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void versionsDiffer() {
        assertThat(ExampleModels.iris(1)).isNotEqualTo(ExampleModels.iris()).isNotEqualTo(ExampleModels.iris(2));
    }

    @Test
    void diabetesExplainsHalfOfWhatThereIs() throws OrtException {
        Patients patients = Patients.draw(200, 7);
        float[] rows = new float[200 * 10];
        IntStream.range(0, rows.length).forEach(i -> rows[i] = (float) patients.measures()[i / 10][i % 10]);
        try (Onnx diabetes = new Onnx(DiabetesModel.file())) {
            float[][] predicted = (float[][]) diabetes.run("progression", rows, 200, 10);

            double mean = IntStream.range(0, 200)
                    .mapToDouble(i -> patients.progression()[i])
                    .average()
                    .orElse(0);
            double left = IntStream.range(0, 200)
                    .mapToDouble(i -> square(patients.progression()[i] - predicted[i][0]))
                    .sum();
            double all = IntStream.range(0, 200)
                    .mapToDouble(i -> square(patients.progression()[i] - mean))
                    .sum();
            assertThat(1 - left / all).isGreaterThan(0.4);
            assertThat(predicted[0]).hasSize(1);
        }
    }

    @Test
    void heavyModelsAreAsHeavyAsTold() throws OrtException {
        byte[] file = ExampleModels.heavy(1, 2);

        assertThat(file.length).isBetween(2 << 20, (2 << 20) + 20_000);
        try (Onnx heavy = new Onnx(file)) {
            assertThat((float[][]) heavy.run("y", new float[8], 2, 4)).hasDimensions(2, 1);
        }
    }

    private static double square(double x) {
        return x * x;
    }

    @Test
    void digitsAreRead() throws OrtException {
        int count = 1_000;
        Digits heldOut = Digits.draw(count, 29);
        int size = Digits.SIDE * Digits.SIDE;
        float[] pixels = new float[count * size];
        IntStream.range(0, pixels.length).forEach(i -> pixels[i] = 2 * heldOut.pictures()[i / size][i % size] - 1);
        try (Onnx digits = new Onnx(ExampleModels.digits())) {
            float[][] scores = (float[][]) digits.run("scores", pixels, count, 1, Digits.SIDE, Digits.SIDE);

            long right = IntStream.range(0, count)
                    .filter(i -> best(scores[i]) == heldOut.digits()[i])
                    .count();
            assertThat((double) right / count).isGreaterThanOrEqualTo(0.95);
            assertThat(digits.metadata()).containsEntry("image.layout", "NCHW").containsEntry("image.mean", "0.5");
        }
    }

    private static int best(float[] scores) {
        return IntStream.range(0, scores.length)
                .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                .orElse(-1);
    }

    @Test
    void allAreWrittenAndAlwaysTheSame(@TempDir Path folder) throws IOException {
        ExampleModels.write(folder.resolve("models"));

        try (Stream<Path> files = Files.list(folder.resolve("models"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "iris.onnx", "diabetes.onnx", "digits.onnx", "three.png", "seven.png", "four.jpg");
        }
        assertThat(Files.readAllBytes(folder.resolve("models/digits.onnx"))).isEqualTo(ExampleModels.digits());
        assertThat(Files.readAllBytes(folder.resolve("models/diabetes.onnx"))).isEqualTo(DiabetesModel.file());
    }
}
