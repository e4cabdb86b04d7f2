package dev.foretell.worker.onnx.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageMisfitTest {
    private static final TensorSpec GREY = fp32(1, 1, 4, 4);

    @Test
    void whatIsNoImageIsSaidToBeNone() {
        refuses(
                () -> read("GIF89a nothing".getBytes(StandardCharsets.US_ASCII)),
                "not an image: a JPEG or PNG is expected");
        refuses(() -> read(new byte[0]), "the image is empty");
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        refuses(() -> read(Pictures.bomb(60_000, 60_000)), "60000x60000 pixels, at most 25000000");
        refuses(() -> read(Pictures.bomb(Integer.MAX_VALUE, 1)), "the image");
    }

    @Test
    void aBombAmongTheTextsOfAFileIsNotUnpacked() {
        byte[] text = Pictures.join("a\0\0".getBytes(StandardCharsets.US_ASCII), Pictures.deflated(new byte[32 << 20]));
        byte[] image = Pictures.withChunk(Pictures.png(1, 0xFFFFFF), "zTXt", text);

        assertThat(PngChunks.essential(image)).isEqualTo(PngChunks.essential(Pictures.png(1, 0xFFFFFF)));
        assertThat(ImageInput.of(GREY, Map.of()).read(image).count()).isEqualTo(16);
    }

    @Test
    void aFileMayNotBeLongerThanIsRead() {
        byte[] padded = Arrays.copyOf(Pictures.png(1, 0), ImageInput.MAX_BYTES + 1);

        refuses(() -> read(padded), "16777217 bytes, at most 16777216");
    }

    @Test
    void aFileMayNotGoOverItsPictureForEver() {
        byte[] jpeg = Pictures.file("jpeg", Pictures.plain(8, 8, 0));
        byte[] scans = new byte[200];
        for (int i = 0; i < scans.length; i += 2) {
            scans[i] = (byte) 0xFF;
            scans[i + 1] = (byte) 0xDA;
        }

        refuses(() -> read(Pictures.join(jpeg, scans)), "101 scans, at most 50");
    }

    @ParameterizedTest
    @CsvSource({"png", "jpeg"})
    void aFileCutShortIsNotGuessedAt(String format) {
        byte[] whole = Pictures.file(format, Pictures.rgb(64, noise(64 * 64)));

        for (int length : new int[] {9, whole.length / 4, whole.length / 2, whole.length - 200}) {
            refuses(() -> read(Arrays.copyOf(whole, length)), "the image is");
        }
    }

    @Test
    void brokenPixelsAreAnError() {
        byte[] png = Pictures.file("png", Pictures.rgb(64, noise(64 * 64)));
        Arrays.fill(png, 60, 200, (byte) 7);

        refuses(() -> read(png), "the image is broken");
    }

    @Test
    void aModelOfNumbersTakesNoImage() {
        refuses(() -> ImageInput.of(fp32(-1, 4), Map.of()), "its input x is FP32[-1, 4]");
        refuses(
                () -> ImageInput.of(new TensorSpec("x", Datatype.INT64, List.of(1L, 3L, 8L, 8L)), Map.of()),
                "INT64[1, 3, 8, 8]");
        refuses(() -> ImageInput.of(fp32(8, 3, 4, 4), Map.of()), "does not take images");
    }

    @Test
    void aShapeThatDoesNotTellNeedsMetadata() {
        refuses(() -> ImageInput.of(fp32(-1, -1, -1, -1), Map.of()), "image.layout");
        refuses(() -> ImageInput.of(fp32(-1, 3, -1, -1), Map.of()), "image.size");
    }

    @ParameterizedTest
    @CsvSource({
        "image.layout, NWHC, NCHW or NHWC",
        "image.channels, CMYK, 'RGB, BGR or GREY'",
        "image.channels, RGB, its input has 1 channels",
        "image.size, 5, shape 4",
        "image.size, 1x2x3, 320x240",
        "image.size, -4, positive number",
        "image.resize, some, positive number",
        "image.resize, 3, less than the picture's",
        "image.mean, '1, 2', one number or 1",
        "image.mean, NaN, must be a number",
        "image.std, 0, not be 0",
        "image.scale, 1/0, must be a number",
        "image.scale, a, must be a number",
    })
    void metadataThatMakesNoSenseIsNamed(String key, String value, String expected) {
        refuses(() -> ImageInput.of(GREY, Map.of(key, value)), expected);
    }

    private static void read(byte[] image) {
        ImageInput.of(GREY, Map.of()).read(image);
    }

    private static int[] noise(int count) {
        int[] colours = new int[count];
        Arrays.setAll(colours, i -> i * 0x9E3779B9 >>> 8);
        return colours;
    }

    private static TensorSpec fp32(long... shape) {
        return new TensorSpec("x", Datatype.FP32, Arrays.stream(shape).boxed().toList());
    }

    private static void refuses(ThrowingCallable call, String because) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID_INPUT))
                .hasMessageContaining(because);
    }
}
