package dev.foretell.commons.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The protocol's classification extension: the largest elements of each row, as the texts {@code value:index}, or
 * {@code value:index:label} for classes with labels. With two or more dimensions, the first one counts rows.
 */
final class Classification {
    private Classification() {}

    static Tensor of(Tensor tensor, int most) {
        if (tensor.datatype() == Datatype.BYTES || tensor.datatype() == Datatype.BOOL) {
            throw Misfit.of(
                    tensor.name(), "numbers to be classified", tensor.datatype().name());
        }
        long[] shape = tensor.shape();
        boolean rows = shape.length > 1;
        int count = (int) tensor.count();
        int length = !rows ? count : shape[0] == 0 ? 0 : count / (int) shape[0];
        int kept = Math.min(most, length);
        List<byte[]> texts = new ArrayList<>();
        for (int row = 0; length > 0 && row < count / length; row++) {
            int first = row * length;
            IntStream.range(0, length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -value(tensor, first + i)))
                    .limit(kept)
                    .forEach(i -> texts.add(text(tensor, first + i, i)));
        }
        return Tensor.of(tensor.name(), rows ? new long[] {shape[0], kept} : new long[] {kept}, texts);
    }

    private static byte[] text(Tensor tensor, int at, int index) {
        String label = index < tensor.labels().size() ? ":" + tensor.labels().get(index) : "";
        return (TensorJson.element(tensor, at) + ":" + index + label).getBytes(StandardCharsets.UTF_8);
    }

    /** NaN sorts last. */
    private static double value(Tensor tensor, int at) {
        ByteBuffer numbers = tensor.numbers();
        int position = at * tensor.datatype().width();
        double value = switch (tensor.datatype()) {
            case FP64 -> numbers.getDouble(position);
            case FP16, BF16, FP32 -> TensorJson.single(tensor.datatype(), numbers, position);
            default -> ((Number) TensorJson.element(tensor, at)).doubleValue();
        };
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }
}
