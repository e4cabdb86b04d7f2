package dev.foretell.worker.onnx.image;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/** Writes an image in the input's layout, normalised. */
final class TensorWriter {
    private TensorWriter() {}

    static Tensor write(TensorSpec input, ImageSettings settings, Planes picture) {
        int pixels = picture.height() * picture.width();
        int channels = picture.channels();
        ByteBuffer numbers = ByteBuffer.allocate(
                        pixels * channels * input.datatype().width())
                .order(ByteOrder.LITTLE_ENDIAN);
        boolean planar = settings.layout() == Layout.NCHW;
        for (int i = 0; i < pixels * channels; i++) {
            int channel = planar ? i / pixels : i % channels;
            int pixel = planar ? i % pixels : i / channels;
            put(numbers, input.datatype(), settings.normalisation().apply(channel, picture.values()[channel][pixel]));
        }
        return Tensor.of(input.name(), input.datatype(), shape(input, settings, picture), numbers.flip());
    }

    private static void put(ByteBuffer numbers, Datatype datatype, float value) {
        if (datatype == Datatype.UINT8) {
            numbers.put((byte) Math.max(0, Math.min(255, Math.round(value))));
        } else {
            numbers.putFloat(value);
        }
    }

    private static long[] shape(TensorSpec input, ImageSettings settings, Planes picture) {
        long[] image = settings.layout().shape(picture.channels(), picture.height(), picture.width());
        return input.shape().size() == 3
                ? image
                : LongStream.concat(LongStream.of(1), LongStream.of(image)).toArray();
    }
}
