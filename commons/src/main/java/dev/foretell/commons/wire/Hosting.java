package dev.foretell.commons.wire;

/**
 * How routers and model hosts speak of models. A host is a worker of the type {@link #TYPE}; each model file of the pool is
 * a function there, named by the SHA-256 of its content, whether the host has it yet or not.
 */
public final class Hosting {
    /** The model type that hosts register as. */
    public static final String TYPE = "hosts";
    /** Its one model: the runtime. */
    public static final String ONNX = "onnx";
    /** A host's function that answers what it was given, and who it is. */
    public static final String IDENTITY = "identity";
    /** A host's function that says what a model file is: {@code {"digest": "…"}} to its signature. */
    public static final String INSPECT = "inspect";
    /** A host's function that lets go of a model and of its file: {@code {"digest": "…"}}. */
    public static final String FORGET = "forget";
    /** Where routers give away model files: {@code GET /v1/blobs/{digest}}. */
    public static final String BLOBS = "/v1/blobs/";
    /** Which model and version a call was meant for, as its answer is to name them: {@code iris:2}. */
    public static final String MODEL_HEADER = "X-Foretell-Model";

    /** What the path of a model file's function ends with where it is called in the Open Inference Protocol. */
    public static final String INFER_SUFFIX = ".infer";

    private static final String FILE = "sha256-";

    private Hosting() {}

    /** The function that takes a model's data as JSON. */
    public static String predictFunction(String digest) {
        return FILE + digest;
    }

    /** The function that takes and answers what the Open Inference Protocol says. */
    public static String inferFunction(String digest) {
        return FILE + digest + INFER_SUFFIX;
    }

    /** Whether a function is a model file's, of whatever host. */
    public static boolean isHosted(String function) {
        return function.startsWith(FILE);
    }
}
