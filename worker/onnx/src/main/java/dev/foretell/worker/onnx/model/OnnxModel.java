package dev.foretell.worker.onnx.model;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model in ONNX Runtime. Runs go on side by side, each on its caller's thread; memory that a run needed is given back after
 * it. Thread-safe, but for {@link #close}: not before the last run is over.
 */
public final class OnnxModel implements AutoCloseable {
    private final OrtSession session;
    private final Runs runs;
    private final Map<Datatype, UnsignedCast> casts;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, String> metadata;
    /** Whether the shapes of all inputs are told. */
    private final boolean shaped;

    private OnnxModel(OrtSession session, Map<Datatype, UnsignedCast> casts, Runs runs) throws OrtException {
        this.session = session;
        this.runs = runs;
        this.casts = casts;
        requireTensors(session.getInputInfo().values());
        this.inputs = specs(session.getInputInfo().values());
        this.outputs = specs(session.getOutputInfo().values());
        this.metadata = metadata(session.getMetadata());
        this.shaped = inputs.stream().noneMatch(input -> input.shape().isEmpty());
    }

    /**
     * Loads a file, which takes up to seconds.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} saying why it is no model that can be run, {@link
     *     FailureKind#WORKERS_BUSY} if there was no memory for it
     */
    public static OnnxModel load(Path file, Runs runs) {
        Map<Datatype, UnsignedCast> casts = new EnumMap<>(Datatype.class);
        try (OrtSession.SessionOptions options = options(runs.threads())) {
            OrtSession session = NativeRuntime.environment().createSession(file.toString(), options);
            return opened(session, casts, options, runs);
        } catch (OrtException e) {
            throw RuntimeWords.cannotLoad(e);
        }
    }

    private static OnnxModel opened(
            OrtSession session, Map<Datatype, UnsignedCast> casts, OrtSession.SessionOptions options, Runs runs)
            throws OrtException {
        try {
            OnnxModel model = new OnnxModel(session, casts, runs);
            for (TensorSpec input : model.inputs) {
                if (UnsignedCast.isFor(input.datatype()) && !casts.containsKey(input.datatype())) {
                    casts.put(input.datatype(), UnsignedCast.of(input.datatype(), options));
                }
            }
            return model;
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** No arena: it would keep what the largest run needed for ever. */
    private static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        return options;
    }

    private static void requireTensors(Collection<NodeInfo> inputs) {
        for (NodeInfo input : inputs) {
            if (!(input.getInfo() instanceof TensorInfo)) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "the input '" + input.getName() + "' is no tensor; none else is taken");
            }
        }
    }

    private static List<TensorSpec> specs(Collection<NodeInfo> nodes) {
        List<TensorSpec> specs = new ArrayList<>();
        nodes.forEach(node -> specs.add(spec(node.getName(), node.getInfo())));
        return List.copyOf(specs);
    }

    /** Of maps, what they are as a tensor. */
    private static TensorSpec spec(String name, ValueInfo info) {
        if (info instanceof TensorInfo tensor) {
            return TensorTypes.spec(name, tensor);
        } else if (info instanceof MapInfo || info instanceof SequenceInfo) {
            return new TensorSpec(name, Datatype.FP32, List.of(-1L, -1L));
        }
        throw new ServingException(FailureKind.INVALID_INPUT, "'" + name + "' is of a kind that is not supported");
    }

    private static Map<String, String> metadata(OnnxModelMetadata told) {
        Map<String, String> metadata = new TreeMap<>(told.getCustomMetadata());
        putIfTold(metadata, "producer", told.getProducerName());
        putIfTold(metadata, "description", told.getDescription());
        return Map.copyOf(metadata);
    }

    private static void putIfTold(Map<String, String> metadata, String key, String value) {
        if (value != null && !value.isEmpty()) {
            metadata.putIfAbsent(key, value);
        }
    }

    public List<TensorSpec> inputs() {
        return inputs;
    }

    /** Sequences and maps are said to be FP32 [-1, -1]. */
    public List<TensorSpec> outputs() {
        return outputs;
    }

    /** The file's own words, with {@code producer} and {@code description}. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Runs it for all of its outputs, as {@link #run(List, Set)}. */
    public List<ModelOutput> run(List<Tensor> given) {
        return run(given, Set.of());
    }

    /**
     * Runs it, on this thread, until that is interrupted. What only other outputs need is not computed.
     *
     * @param wanted names of outputs; none for all, and all where it lacks one of them
     * @throws ServingException {@link FailureKind#INVALID_INPUT} saying what is missing, or what was expected and what came,
     *     or that it takes too much memory; {@link FailureKind#WORKERS_BUSY} if others left it no memory;
     *     {@link FailureKind#DEADLINE_EXCEEDED} if an interrupt has ended the run: it stays with the thread
     */
    public List<ModelOutput> run(List<Tensor> given, Set<String> wanted) {
        TensorSpec.requireAll(expected(given), given);
        runs.begin();
        try (Feed feed = new Feed(casts)) {
            for (Tensor tensor : given) {
                feed.add(tensor);
            }
            return TerminableRun.of(session, feed.tensors(), outputs(wanted), this::read);
        } catch (OrtException e) {
            throw RuntimeWords.cannotRun(given, e, runs.isAlone());
        } finally {
            runs.end();
        }
    }

    private Set<String> outputs(Set<String> wanted) {
        Set<String> all = session.getOutputNames();
        return !wanted.isEmpty() && all.containsAll(wanted) ? wanted : all;
    }

    /** An input without dimensions is a single value or of any shape: the runtime does not tell which, and takes either. */
    private List<TensorSpec> expected(List<Tensor> given) {
        if (shaped) {
            return inputs;
        }
        List<TensorSpec> expected = new ArrayList<>(inputs);
        for (Tensor tensor : given) {
            expected.replaceAll(
                    spec -> spec.name().equals(tensor.name()) && spec.shape().isEmpty()
                            ? new TensorSpec(
                                    spec.name(),
                                    spec.datatype(),
                                    Arrays.stream(tensor.shape()).boxed().toList())
                            : spec);
        }
        return expected;
    }

    private List<ModelOutput> read(OrtSession.Result result) throws OrtException {
        OutputReader reader = new OutputReader(runs.maxOutputBytes());
        List<ModelOutput> read = new ArrayList<>(result.size());
        for (Map.Entry<String, OnnxValue> output : result) {
            read.add(reader.read(output.getKey(), output.getValue()));
        }
        return read;
    }

    @Override
    public void close() {
        try {
            session.close();
            for (UnsignedCast cast : casts.values()) {
                cast.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed", e);
        }
    }
}
