package dev.foretell.worker.onnx.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.examples.models.ExampleModels;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures, by way of the model's own metadata, to what they show. */
class DigitPicturesTest {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();
    private static OrtSession session;
    private static ImageInput input;

    @BeforeAll
    static void load() throws OrtException {
        session = ENVIRONMENT.createSession(ExampleModels.digits());
        input = ImageInput.of(
                new TensorSpec("image", Datatype.FP32, List.of(-1L, 1L, 28L, 28L)),
                session.getMetadata().getCustomMetadata());
    }

    @AfterAll
    static void close() throws OrtException {
        session.close();
    }

    @ParameterizedTest
    @CsvSource({"0, png", "1, png", "2, png", "3, png", "4, jpeg", "5, png", "6, png", "7, png", "8, jpeg", "9, png"})
    void showWhichDigitTheyAre(int digit, String format) throws OrtException {
        Tensor picture = input.read(ExampleModels.picture(digit, format));

        float[] scores = scores(picture);

        assertThat(IntStream.range(0, 10).reduce((a, b) -> scores[b] > scores[a] ? b : a))
                .hasValue(digit);
    }

    private static float[] scores(Tensor picture) throws OrtException {
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(ENVIRONMENT, picture.numbers().asFloatBuffer(), picture.shape());
                OrtSession.Result result = session.run(Map.of("image", tensor))) {
            return ((float[][]) result.get(0).getValue())[0];
        }
    }
}
