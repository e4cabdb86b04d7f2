package dev.foretell.worker.onnx.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageInputTest {
    private static final int RED = 0xFF0000;
    private static final int BLUE = 0x0000FF;

    @Test
    void isPlanarAndFromNoughtToOneWhereNothingElseIsSaid() {
        Tensor tensor = read(fp32(-1, 3, 1, 2), Map.of(), Pictures.png(2, RED, 0x0080FF));

        assertThat(tensor.name()).isEqualTo("x");
        assertThat(tensor.datatype()).isEqualTo(Datatype.FP32);
        assertThat(tensor.shape()).containsExactly(1, 3, 1, 2);
        assertThat(floats(tensor)).containsExactly(1, 0, 0, 128 / 255f, 0, 1);
    }

    @Test
    void layoutFollowsTheShape() {
        assertThat(floats(read(fp32(1, 2, 2, 3), Map.of(), Pictures.png(2, RED, BLUE, BLUE, RED))))
                .containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0);
    }

    @Test
    void layoutIsAsTold() {
        Map<String, String> metadata = Map.of("image.layout", "NHWC", "image.size", "2x1");

        Tensor tensor = read(fp32(-1, -1, -1, -1), metadata, Pictures.png(2, RED, BLUE));

        assertThat(tensor.shape()).containsExactly(1, 1, 2, 3);
        assertThat(floats(tensor)).containsExactly(1, 0, 0, 0, 0, 1);
    }

    @Test
    void aShapeMayBeWithoutABatch() {
        assertThat(read(fp32(1, 1, 2), Map.of(), Pictures.png(2, 0, 0xFFFFFF)).shape())
                .containsExactly(1, 1, 2);
    }

    @Test
    void channelsAreAsTold() {
        byte[] picture = Pictures.png(1, 0x336699);

        assertThat(floats(read(fp32(1, 3, 1, 1), Map.of("image.channels", "BGR", "image.scale", "1"), picture)))
                .containsExactly(0x99, 0x66, 0x33);
        assertThat(floats(read(fp32(1, 1, 1, 1), Map.of("image.scale", "1"), picture))[0])
                .isCloseTo(0.299f * 0x33 + 0.587f * 0x66 + 0.114f * 0x99, within(0.001f));
    }

    @Test
    void isNormalised() {
        Map<String, String> each = Map.of("image.mean", "0.5", "image.std", "0.25");
        Map<String, String> perChannel =
                Map.of("image.scale", "1", "image.mean", "[100, 50, 0]", "image.std", "2, 2, 5");

        assertThat(floats(read(fp32(1, 1, 1, 2), each, Pictures.png(2, 0, 0xFFFFFF))))
                .containsExactly(-2, 2);
        assertThat(floats(read(fp32(1, 3, 1, 1), perChannel, Pictures.png(1, 0xFF640A))))
                .containsExactly(77.5f, 25, 2);
    }

    @Test
    void bytesStayBytes() {
        TensorSpec input = new TensorSpec("x", Datatype.UINT8, List.of(-1L, 1L, 2L, 3L));

        Tensor tensor = read(input, Map.of("image.layout", "NHWC"), Pictures.png(2, 0xFF8001, 0));

        assertThat(tensor.datatype()).isEqualTo(Datatype.UINT8);
        assertThat(bytes(tensor)).containsExactly(255, 128, 1, 0, 0, 0);
    }

    @Test
    void shrinkingIsTheMeanOfAllThatIsCovered() {
        assertThat(floats(read(fp32(1, 1, 1, 1), Map.of(), Pictures.png(2, 0, 0xFFFFFF, 0xFFFFFF, 0))))
                .containsExactly(0.5f);
        assertThat(floats(read(fp32(1, 1, 2, 2), Map.of("image.scale", "1"), Pictures.file("png", halves(400, 400)))))
                .satisfies(quarters -> {
                    assertThat(quarters[0]).isCloseTo(quarters[2], within(1f)).isLessThan(33);
                    assertThat(quarters[1]).isCloseTo(quarters[3], within(1f)).isGreaterThan(222);
                });
    }

    @Test
    void growingIsBilinear() {
        assertThat(floats(read(
                        fp32(1, 1, 4, 4), Map.of("image.scale", "1/17"), Pictures.png(2, 0, 0x444444, 0, 0x444444))))
                .startsWith(0, 1, 3, 4);
    }

    @Test
    void theMiddleIsCutOut() {
        byte[] wide = Pictures.png(4, RED, BLUE, BLUE, RED, RED, BLUE, BLUE, RED);

        assertThat(floats(read(fp32(1, 3, 2, 2), Map.of(), wide))).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
    }

    @Test
    void orBothSidesAreStretched() {
        byte[] wide = Pictures.png(4, RED, RED, BLUE, BLUE);

        assertThat(floats(read(fp32(1, 3, 1, 2), Map.of("image.resize", "stretch"), wide)))
                .usingComparatorWithPrecision(0.2f)
                .containsExactly(1, 0, 0, 0, 0, 1);
    }

    @Test
    void orTheShorterSideIsBroughtToSizeAndTheMiddleCutOut() {
        BufferedImage image = Pictures.plain(40, 60, RED);
        image.setRGB(10, 20, 20, 20, Pictures.plain(20, 20, BLUE).getRGB(0, 0, 20, 20, null, 0, 20), 0, 20);

        float[] numbers = floats(read(fp32(1, 3, 10, 10), Map.of("image.resize", "20"), Pictures.file("png", image)));

        assertThat(numbers[0]).isZero();
        assertThat(numbers[200]).isEqualTo(1);
        assertThat(floats(read(fp32(1, 3, 10, 10), Map.of("image.resize", "12"), Pictures.file("png", image)))[0])
                .isEqualTo(1);
    }

    @Test
    void greysAreTakenAsTheyAre() {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        grey.getRaster().setSample(1, 0, 0, 200);
        BufferedImage fine = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        fine.getRaster().setSample(0, 0, 0, 200 * 257);

        assertThat(floats(read(fp32(1, 1, 1, 2), Map.of("image.scale", "1"), Pictures.file("png", grey))))
                .containsExactly(100, 200);
        assertThat(floats(read(fp32(1, 1, 1, 1), Map.of("image.scale", "1"), Pictures.file("png", fine)))[0])
                .isCloseTo(200, within(0.01f));
        assertThat(floats(read(fp32(1, 3, 1, 2), Map.of("image.scale", "1"), Pictures.file("png", grey))))
                .containsExactly(100, 200, 100, 200, 100, 200);
    }

    @Test
    void whatIsTransparentIsWhite() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0xFF000000);

        assertThat(floats(read(fp32(1, 1, 1, 2), Map.of(), Pictures.file("png", image))))
                .containsExactly(1, 0);
    }

    @Test
    void palettesAreLookedUp() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(0, 0, 0xFFFF0000);
        image.setRGB(1, 0, 0xFF0000FF);

        assertThat(floats(read(fp32(1, 3, 1, 2), Map.of(), Pictures.file("png", image))))
                .containsExactly(1, 0, 0, 0, 0, 1);
    }

    @Test
    void jpegsAreRead() {
        byte[] jpeg = Pictures.file("jpeg", Pictures.plain(64, 48, 0x40A0E0));

        float[] numbers = floats(read(fp32(1, 3, 8, 8), Map.of("image.scale", "1"), jpeg));

        assertThat(numbers[0]).isCloseTo(0x40, within(3f));
        assertThat(numbers[64]).isCloseTo(0xA0, within(3f));
        assertThat(numbers[191]).isCloseTo(0xE0, within(3f));
    }

    @Test
    void greyJpegsAreRead() {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            grey.getRaster().setSample(i % 16, i / 16, 0, 100);
        }

        assertThat(floats(read(fp32(1, 1, 2, 2), Map.of("image.scale", "1"), Pictures.file("jpeg", grey)))[3])
                .isCloseTo(100, within(2f));
    }

    @ParameterizedTest
    @CsvSource({"png", "jpeg"})
    void whatComesCoarseAtFirstIsReadToTheEnd(String format) {
        byte[] file = Pictures.progressive(format, halves(640, 480));

        float[] numbers = floats(read(fp32(1, 1, 8, 8), Map.of("image.resize", "stretch"), file));

        assertThat(numbers[0]).isCloseTo(0, within(0.02f));
        assertThat(numbers[63]).isCloseTo(1, within(0.02f));
    }

    @Test
    void fineColoursKeepTheirBrightness() {
        short[] samples = {(short) (0x40 * 257), (short) (0x80 * 257), (short) (0xFF * 257), (short) 0xFFFF};
        ColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_USHORT);
        WritableRaster raster = colours.createCompatibleWritableRaster(1, 1);
        raster.setDataElements(0, 0, samples);

        byte[] file = Pictures.file("png", new BufferedImage(colours, raster, false, null));

        assertThat(floats(read(fp32(1, 3, 1, 1), Map.of("image.scale", "1"), file)))
                .containsExactly(0x40, 0x80, 0xFF);
    }

    @Test
    void aLargeImageIsLookedAtCoarselyButAllOfIt() {
        float[] numbers = floats(
                read(fp32(1, 1, 2, 2), Map.of("image.resize", "stretch"), Pictures.file("png", halves(3000, 1000))));

        assertThat(numbers[0]).isLessThan(0.15f);
        assertThat(numbers[1]).isGreaterThan(0.85f);
    }

    private static BufferedImage halves(int width, int height) {
        BufferedImage image = Pictures.plain(width, height, 0);
        for (int x = width / 2; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, 0xFFFFFF);
            }
        }
        return image;
    }

    private static TensorSpec fp32(long... shape) {
        return new TensorSpec("x", Datatype.FP32, Arrays.stream(shape).boxed().toList());
    }

    private static Tensor read(TensorSpec input, Map<String, String> metadata, byte[] image) {
        return ImageInput.of(input, metadata).read(image);
    }

    private static float[] floats(Tensor tensor) {
        float[] floats = new float[(int) tensor.count()];
        tensor.numbers().asFloatBuffer().get(floats);
        return floats;
    }

    private static int[] bytes(Tensor tensor) {
        ByteBuffer numbers = tensor.numbers();
        int[] bytes = new int[numbers.remaining()];
        Arrays.setAll(bytes, i -> numbers.get(i) & 0xFF);
        return bytes;
    }
}
