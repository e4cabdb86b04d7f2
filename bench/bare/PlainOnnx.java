import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** What a model costs without anything around it: ONNX Runtime called in a loop, one thread, rows of four floats, its first output. */
public final class PlainOnnx {
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final float[] ROW = {5.1f, 3.5f, 1.4f, 0.2f};

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final Set<String> output;
    private long label;

    private PlainOnnx(String file) throws Exception {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = environment.createSession(file, options);
        input = session.getInputNames().iterator().next();
        output = Set.of(session.getOutputNames().iterator().next());
    }

    /** Arguments: the file, seconds, then how many rows at once, each a line: rows, predictions/s, CPU µs each, p50 of a call in µs. */
    public static void main(String[] arguments) throws Exception {
        PlainOnnx plain = new PlainOnnx(arguments[0]);
        double seconds = Double.parseDouble(arguments[1]);
        for (String rows : Arrays.copyOfRange(arguments, 2, arguments.length)) {
            plain.loop(Integer.parseInt(rows), 2);
            System.out.println(plain.loop(Integer.parseInt(rows), seconds));
        }
    }

    private String loop(int rows, double seconds) throws Exception {
        long[] took = new long[4_000_000];
        int calls = 0;
        long cpu = MACHINE.getProcessCpuTime();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long now = start;
        while (now < end && calls < took.length) {
            predict(rows);
            long then = now;
            now = System.nanoTime();
            took[calls++] = now - then;
        }
        double predictions = (double) calls * rows;
        double spent = (MACHINE.getProcessCpuTime() - cpu) / 1e3;
        Arrays.sort(took, 0, calls);
        return String.format(
                "%d %.0f %.3f %.1f", rows, predictions * 1e9 / (now - start), spent / predictions, took[calls / 2] / 1e3);
    }

    private void predict(int rows) throws Exception {
        FloatBuffer values =
                ByteBuffer.allocateDirect(rows * 16).order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int i = 0; i < rows; i++) {
            values.put(ROW);
        }
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values.flip(), new long[] {rows, 4});
                OrtSession.Result result = session.run(Map.of(input, tensor), output)) {
            label += ((long[]) result.get(0).getValue())[0];
        }
    }
}
