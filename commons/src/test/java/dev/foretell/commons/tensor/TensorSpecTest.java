package dev.foretell.commons.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorSpecTest {
    private static final List<TensorSpec> SPECS = List.of(
            new TensorSpec("X", Datatype.FP32, List.of(-1L, 2L)), new TensorSpec("S", Datatype.BYTES, List.of(1L)));
    private static final Tensor S = Tensor.of("S", new long[] {1}, List.of(new byte[0]));

    private static Tensor x(Datatype datatype, long... shape) {
        return Tensor.of("X", datatype, shape, ByteBuffer.allocate((int) Tensor.count(shape) * datatype.width()));
    }

    @Test
    void whatFitsPasses() {
        TensorSpec.requireAll(SPECS, List.of(S, x(Datatype.FP32, 3, 2)));
    }

    @Test
    void whatDoesNotIsNamed() {
        assertThatThrownBy(() -> TensorSpec.requireAll(SPECS, List.of(S)))
                .hasMessage("the input 'X' is missing; the model takes X FP32 [-1, 2], S BYTES [1]");
        assertThatThrownBy(() -> TensorSpec.requireAll(SPECS, List.of(S, x(Datatype.FP64, 3, 2))))
                .hasMessage("tensor 'X': expected FP32, got FP64");
        assertThatThrownBy(() -> TensorSpec.requireAll(SPECS, List.of(S, x(Datatype.FP32, 6))))
                .hasMessage("tensor 'X': expected 2 dimensions [-1, 2], got 1 [6]");
        assertThatThrownBy(() -> TensorSpec.requireAll(SPECS, List.of(S, x(Datatype.FP32, 2, 3))))
                .hasMessage("tensor 'X': expected the shape [-1, 2], got [2, 3]");
        assertThatThrownBy(() -> TensorSpec.requireAll(SPECS, List.of(S, x(Datatype.FP32, 1, 2), S.withName("T"))))
                .hasMessage("tensor 'T': there is no such input; the model takes X FP32 [-1, 2], S BYTES [1]");
    }
}
