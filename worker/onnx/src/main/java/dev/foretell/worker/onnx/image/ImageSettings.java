package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The image settings in a model's metadata and in the shape of its input. */
record ImageSettings(Layout layout, Channels channels, Frame frame, Normalisation normalisation) {
    static ImageSettings of(TensorSpec input, Map<String, String> metadata) {
        List<Long> image = imageOf(input);
        String told = metadata.get("image.layout");
        Layout layout = told == null ? Layout.ofShape(image) : Layout.byName(told);
        Channels channels = channels(layout.channels(image), metadata.get("image.channels"));
        Frame frame = FrameReader.read(layout.width(image), layout.height(image), metadata);
        return new ImageSettings(
                layout, channels, frame, Normalisation.of(input.datatype(), channels.count(), metadata));
    }

    /** The shape of one image: the input's without the batch dimension. */
    private static List<Long> imageOf(TensorSpec input) {
        List<Long> shape = input.shape();
        boolean batched = shape.size() == 4 && shape.get(0) <= 1;
        if ((!batched && shape.size() != 3) || !takes(input.datatype())) {
            throw misfit("the model does not take images: its input " + input.name() + " is " + input.datatype() + shape
                    + ", an image's is FP32 or UINT8 and like [-1, 3, 224, 224]");
        }
        return batched ? shape.subList(1, 4) : shape;
    }

    private static boolean takes(Datatype datatype) {
        return datatype == Datatype.FP32 || datatype == Datatype.UINT8;
    }

    private static Channels channels(long count, @Nullable String told) {
        Channels channels = told == null ? Channels.ofCount(count) : Channels.byName(told);
        if (count > 0 && count != channels.count()) {
            throw misfit(
                    "the model's metadata says image.channels " + channels + ", its input has " + count + " channels");
        }
        return channels;
    }
}
