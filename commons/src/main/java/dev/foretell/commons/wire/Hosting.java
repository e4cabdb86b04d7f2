package dev.foretell.commons.wire;

/**
 * The names that routers and model hosts share. A host is a worker of the type {@link #TYPE}. Each model file of the
 * pool is a function there, named by the SHA-256 of its content, even before the host has the file.
 */
public final class Hosting {
    /** The model type that hosts register as. */
    public static final String TYPE = "hosts";
    /** The only model of that type: the runtime. */
    public static final String ONNX = "onnx";
    /** A function of hosts that returns its input and the host's identity. */
    public static final String IDENTITY = "identity";
    /** A function of hosts that inspects a model file: from {@code {"digest": "…"}} to its signature. */
    public static final String INSPECT = "inspect";
    /** A function of hosts that unloads a model and deletes its file: {@code {"digest": "…"}}. */
    public static final String FORGET = "forget";
    /** Routers serve model files here: {@code GET /v1/blobs/{digest}}. */
    public static final String BLOBS = "/v1/blobs/";
    /** The model and version of a call, which the response will name: {@code iris:2}. */
    public static final String MODEL_HEADER = "X-Foretell-Model";

    /** The suffix of a model file's function for calls in the Open Inference Protocol. */
    public static final String INFER_SUFFIX = ".infer";

    private static final String FILE = "sha256-";

    private Hosting() {}

    /** The function that takes a model's data as JSON. */
    public static String predictFunction(String digest) {
        return FILE + digest;
    }

    /** The function that takes and returns bodies of the Open Inference Protocol. */
    public static String inferFunction(String digest) {
        return FILE + digest + INFER_SUFFIX;
    }

    /** Whether a model is a function by which routers ask hosts for something; in lists, a host stands once, as {@link #ONNX}. */
    public static boolean isOwnFunction(String type, String model) {
        return type.equals(TYPE) && !model.equals(ONNX);
    }

    /** Whether a function is a model file, on any host. */
    public static boolean isHosted(String function) {
        return function.startsWith(FILE);
    }
}
