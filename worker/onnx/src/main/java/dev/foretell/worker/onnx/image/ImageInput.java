package dev.foretell.worker.onnx.image;

import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.Map;

/**
 * How an image becomes one input of a model: decoded, brought to size, its channels ordered and normalised. What it does is
 * the model's own word, in its metadata:
 *
 * <table>
 * <caption>Metadata of a model file</caption>
 * <tr><th>key</th><th>values</th><th>without it</th></tr>
 * <tr><td>{@code image.layout}</td><td>NCHW, NHWC (without the N too)</td><td>where the shape has 1 or 3 channels</td></tr>
 * <tr><td>{@code image.size}</td><td>{@code 224} or {@code 320x240}, width first</td><td>the shape's</td></tr>
 * <tr><td>{@code image.channels}</td><td>RGB, BGR, GREY</td><td>RGB for three channels, GREY for one</td></tr>
 * <tr><td>{@code image.resize}</td><td>{@code crop}: the shorter side to size, then the middle; {@code stretch}: both sides
 * to size; a number: the shorter side to that, then the middle</td><td>{@code crop}</td></tr>
 * <tr><td>{@code image.scale}</td><td>times a channel's 0 to 255: a number or {@code 1/255}</td><td>1/255; 1 for
 * UINT8</td></tr>
 * <tr><td>{@code image.mean}, {@code image.std}</td><td>one number or one per channel: {@code (v · scale − mean) /
 * std}</td><td>0 and 1</td></tr>
 * </table>
 *
 * <p>Orientation and colour profiles that a file may carry are ignored; what is transparent is shown on white. Immutable.
 */
public final class ImageInput {
    /** Longest file that is read. */
    public static final int MAX_BYTES = ImageDecoder.MAX_BYTES;

    private final TensorSpec input;
    private final ImageSettings settings;

    private ImageInput(TensorSpec input, ImageSettings settings) {
        this.input = input;
        this.settings = settings;
    }

    /**
     * @param metadata of the model
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT if no image fits this input, or the metadata is not
     *     to be understood
     */
    public static ImageInput of(TensorSpec input, Map<String, String> metadata) {
        return new ImageInput(input, ImageSettings.of(input, metadata));
    }

    /**
     * The tensor of one image, a JPEG or PNG. Takes up to a second for the largest: not for an event loop.
     *
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT if it is no such image, is broken or too large
     */
    public Tensor read(byte[] image) {
        Planes planes = ImageDecoder.decode(image, settings.frame(), settings.channels());
        return TensorWriter.write(input, settings, planes);
    }
}
