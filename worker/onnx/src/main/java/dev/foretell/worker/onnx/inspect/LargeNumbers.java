package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Runs a model that takes integers with large ones, because a loop count or a length may be among them. A run may fail,
 * take long, or run out of memory, but it must be possible to stop it.
 *
 * @param longest maximum time before a run is stopped
 * @param grace maximum time that it may then take to end
 */
record LargeNumbers(Duration longest, Duration grace) {
    private static final long LARGE = 1 << 20;

    static LargeNumbers defaults() {
        return new LargeNumbers(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    /**
     * Tries the numbers in turn.
     *
     * @param stage called with each next step
     * @throws ServingException INVALID_INPUT if a run cannot be stopped: then it continues, and the model cannot be
     *     closed
     */
    void tryOn(OnnxModel model, Consumer<String> stage) {
        long largest = model.inputs().stream()
                .filter(input -> isInteger(input.datatype()))
                .mapToLong(input -> largest(input.datatype()))
                .max()
                .orElse(0);
        LongStream.of(Math.min(LARGE, largest), largest)
                .distinct()
                .filter(number -> number > 0)
                .forEach(number -> {
                    List<Tensor> inputs = inputs(model, number);
                    if (!inputs.isEmpty()) {
                        stage.accept("it ran with integers as large as " + number);
                        requireEnd(model, inputs, number);
                    }
                });
    }

    private static boolean isInteger(Datatype datatype) {
        return switch (datatype) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> true;
            case BOOL, FP16, BF16, FP32, FP64, BYTES -> false;
        };
    }

    /** With the sign bit, if the type is unsigned. */
    private static long largest(Datatype datatype) {
        return Long.MAX_VALUE >>> (64 - 8 * datatype.width());
    }

    /** Empty if they are too large to try. */
    private static List<Tensor> inputs(OnnxModel model, long number) {
        List<Tensor> inputs = new ArrayList<>();
        long elements = 0;
        for (TensorSpec input : model.inputs()) {
            long[] shape = ZeroSample.shape(input);
            elements += ZeroSample.count(shape);
            if (elements > ZeroSample.MAX_RUN || input.datatype() == Datatype.BF16) {
                return List.of();
            }
            inputs.add(isInteger(input.datatype()) ? fill(input, shape, number) : ZeroSample.zeros(input, shape));
        }
        return inputs;
    }

    /** Filled with the number, or with the largest one of a narrower type. */
    private static Tensor fill(TensorSpec input, long[] shape, long number) {
        int width = input.datatype().width();
        int count = (int) Tensor.count(shape);
        long fitting = Math.min(number, largest(input.datatype()));
        byte[] element = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(fitting)
                .array();
        ByteBuffer all = ByteBuffer.allocate(count * width);
        for (int i = 0; i < count; i++) {
            all.put(element, 0, width);
        }
        return Tensor.of(input.name(), input.datatype(), shape, all.flip());
    }

    private void requireEnd(OnnxModel model, List<Tensor> inputs, long number) {
        Thread run = new Thread(() -> run(model, inputs), "foretell-large-numbers");
        run.setDaemon(true);
        run.start();
        if (!ends(run, longest)) {
            run.interrupt();
            if (!ends(run, grace)) {
                throw BadModel.of("a run of the model cannot be stopped if its integers are as large as " + number
                        + ": one of its operations takes longer than " + grace.toSeconds()
                        + " s. A host would lose a thread to each such call; bound the number in the model");
            }
        }
    }

    private static boolean ends(Thread run, Duration longest) {
        try {
            run.join(longest.toMillis());
            return !run.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServingException(FailureKind.INTERNAL, "the inspection of the model was cancelled", e);
        }
    }

    private static void run(OnnxModel model, List<Tensor> inputs) {
        try {
            model.run(inputs);
        } catch (ServingException e) {
            // It refuses such numbers, runs out of memory, or has been stopped: all of these are fine.
        }
    }
}
