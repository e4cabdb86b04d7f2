package dev.foretell.worker.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.worker.onnx.LoopModels;
import dev.foretell.worker.onnx.TinyModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminableRunTest {
    private static final long FOR_EVER = 9_000_000_000_000_000_000L;

    @TempDir
    Path folder;

    private OnnxModel model;

    @BeforeEach
    void load() {
        model = OnnxModel.load(TinyModels.file(folder, LoopModels.counting().toByteArray()), Runs.withThreads(1));
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws Exception {
        FutureTask<Boolean> run = new FutureTask<>(() -> {
            assertThatThrownBy(() -> count(FOR_EVER))
                    .isInstanceOfSatisfying(
                            ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED));
            return Thread.interrupted();
        });
        Thread thread = new Thread(run);
        thread.start();
        while (thread.isAlive() && !isInRuntime(thread)) {
            Thread.onSpinWait();
        }

        thread.interrupt();

        assertThat(run.get(60, TimeUnit.SECONDS)).as("interrupted still").isTrue();
        assertThat(count(3)).isEqualTo(3);
    }

    @Test
    void neverBeginsOnAThreadThatIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> count(FOR_EVER)).hasMessage("the run was ended");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(count(3)).isEqualTo(3);
    }

    private static boolean isInRuntime(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getClassName().endsWith("OrtSession");
    }

    private float count(long times) {
        ByteBuffer number = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(times)
                .flip();
        return model.run(List.of(Tensor.of("N", Datatype.INT64, new long[] {1}, number)))
                .get(0)
                .tensor()
                .numbers()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat(0);
    }
}
