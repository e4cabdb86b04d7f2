package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.foretell.commons.tensor.Datatype;
import java.util.Map;

/**
 * Creates tensors of unsigned numbers. ONNX Runtime's Java API only takes signed ones, so a model with one operation
 * casts them bit by bit. Thread-safe.
 */
final class UnsignedCast implements AutoCloseable {
    private static final String FROM = "x";
    private static final String TO = "y";
    /** The numbers of the types in ONNX. */
    private static final Map<Datatype, int[]> SIGNED_TO_UNSIGNED = Map.of(
            Datatype.UINT16, new int[] {5, 4}, Datatype.UINT32, new int[] {6, 12}, Datatype.UINT64, new int[] {7, 13});

    private final OrtSession session;

    private UnsignedCast(OrtSession session) {
        this.session = session;
    }

    static boolean isFor(Datatype datatype) {
        return SIGNED_TO_UNSIGNED.containsKey(datatype);
    }

    static UnsignedCast of(Datatype datatype, OrtSession.SessionOptions options) throws OrtException {
        int[] types = SIGNED_TO_UNSIGNED.getOrDefault(datatype, new int[2]);
        return new UnsignedCast(NativeRuntime.environment().createSession(file(types[0], types[1]), options));
    }

    /** The caller must close its only output with the whole result. */
    OrtSession.Result apply(OnnxTensor signed) throws OrtException {
        return session.run(Map.of(FROM, signed));
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private static byte[] file(int from, int to) {
        byte[] attribute =
                new ProtoWriter().text(1, "to").number(3, to).number(20, 2).bytes();
        byte[] node = new ProtoWriter()
                .text(1, FROM)
                .text(2, TO)
                .text(4, "Cast")
                .part(5, attribute)
                .bytes();
        byte[] graph = new ProtoWriter()
                .part(1, node)
                .text(2, "cast")
                .part(11, value(FROM, from))
                .part(12, value(TO, to))
                .bytes();
        byte[] operators = new ProtoWriter().number(2, 13).bytes();
        return new ProtoWriter().number(1, 8).part(7, graph).part(8, operators).bytes();
    }

    private static byte[] value(String name, int type) {
        byte[] tensor = new ProtoWriter().number(1, type).bytes();
        return new ProtoWriter()
                .text(1, name)
                .part(2, new ProtoWriter().part(1, tensor).bytes())
                .bytes();
    }
}
