package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of one run in the runtime's format. Small ones use memory that each thread keeps. Confined to the thread
 * that creates it, and closed before the thread creates another.
 *
 * <p>Texts use Java's modified UTF-8, except those with characters that it encodes differently ({@link TextTensor}).
 */
final class Feed implements AutoCloseable {
    private static final int KEPT = 64 * 1024;
    private static final int ALIGNMENT = 64;
    private static final ThreadLocal<ByteBuffer> MEMORY =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(KEPT).order(ByteOrder.nativeOrder()));

    private final Map<Datatype, UnsignedCast> casts;
    private final Map<String, OnnxTensor> tensors = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean hasOddTexts;
    private int taken;

    Feed(Map<Datatype, UnsignedCast> casts) {
        this.casts = casts;
    }

    Map<String, OnnxTensor> tensors() {
        return tensors;
    }

    /** Whether a text has a character that Java's modified UTF-8 encodes differently. */
    boolean hasOddTexts() {
        return hasOddTexts;
    }

    void add(Tensor tensor) throws OrtException {
        OnnxTensor made = tensor.datatype() == Datatype.BYTES ? strings(tensor) : register(numbers(tensor));
        tensors.put(tensor.name(), UnsignedCast.isFor(tensor.datatype()) ? cast(tensor.datatype(), made) : made);
    }

    private OnnxTensor register(OnnxTensor made) {
        open.add(made);
        return made;
    }

    private OnnxTensor cast(Datatype datatype, OnnxTensor signed) throws OrtException {
        UnsignedCast cast = casts.get(datatype);
        if (cast == null) {
            throw new IllegalStateException("no cast to " + datatype);
        }
        OrtSession.Result result = cast.apply(signed);
        open.add(result);
        return (OnnxTensor) result.get(0);
    }

    private OnnxTensor numbers(Tensor tensor) throws OrtException {
        ByteBuffer numbers = tensor.numbers();
        ByteBuffer memory = memory(numbers.remaining());
        memory.put(numbers).flip();
        return OnnxTensor.createTensor(environment(), memory, tensor.shape(), TensorTypes.ofBytes(tensor.datatype()));
    }

    private ByteBuffer memory(int size) {
        if (taken + size > KEPT) {
            return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        }
        ByteBuffer memory = MEMORY.get().slice(taken, size).order(ByteOrder.nativeOrder());
        taken = Math.min(KEPT, (taken + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        return memory;
    }

    private OnnxTensor strings(Tensor tensor) throws OrtException {
        String[] texts = new String[tensor.strings().size()];
        boolean isOdd = false;
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(tensor, tensor.strings().get(i));
            isOdd |= Texts.isOdd(ByteBuffer.wrap(tensor.strings().get(i)));
        }
        if (!isOdd) {
            return register(OnnxTensor.createTensor(environment(), texts, tensor.shape()));
        }
        hasOddTexts = true;
        TextTensor made = TextTensor.of(tensor);
        open.add(made);
        return made.tensor();
    }

    private static String text(Tensor tensor, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "tensor '" + tensor.name()
                            + "': expected text in UTF-8, got other bytes, which ONNX Runtime's Java has no way for: send them as"
                            + " UINT8, or in base64",
                    e);
        }
    }

    private static OrtEnvironment environment() {
        return NativeRuntime.environment();
    }

    @Override
    public void close() throws OrtException {
        for (AutoCloseable one : open) {
            if (one instanceof OnnxTensor tensor) {
                tensor.close();
            } else if (one instanceof OrtSession.Result result) {
                result.close();
            } else if (one instanceof TextTensor text) {
                text.close();
            }
        }
    }
}
