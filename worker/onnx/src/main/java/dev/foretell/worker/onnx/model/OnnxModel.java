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
import dev.foretell.commons.json.Json;
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
 * A model in ONNX Runtime. Runs are concurrent, each on its caller's thread; a run's memory is freed after it.
 * Thread-safe, except {@link #close}: call it after the last run has ended.
 */
public final class OnnxModel implements AutoCloseable {

    private final OrtSession session;
    private final Runs runs;
    private final Map<Datatype, UnsignedCast> casts;
    private final GraphWords words;
    private final Texts texts = new Texts();
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, String> metadata;
    /** Whether the shapes of all inputs are known. */
    private final boolean shaped;

    private OnnxModel(OrtSession session, GraphWords words, Map<Datatype, UnsignedCast> casts, Runs runs)
            throws OrtException {
        this.session = session;
        this.words = words;
        this.runs = runs;
        this.casts = casts;
        requireTensors(session.getInputInfo().values());
        this.inputs = specs(session.getInputInfo().values());
        this.outputs = specs(session.getOutputInfo().values());
        this.metadata = metadata(session.getMetadata(), words);
        this.shaped = inputs.stream().noneMatch(input -> input.shape().isEmpty());
    }

    /** Loads the runtime itself, which the first model would otherwise do. */
    public static void prepare() {
        NativeRuntime.environment();
    }

    /**
     * Loads a file, which may take seconds.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with the reason why it cannot run
     * @throws NoMemoryException {@link FailureKind#WORKERS_BUSY} if there is not enough memory
     */
    public static OnnxModel load(Path file, Runs runs) {
        Map<Datatype, UnsignedCast> casts = new EnumMap<>(Datatype.class);
        try (OrtSession.SessionOptions options = options(runs.threads())) {
            OrtSession session = NativeRuntime.environment().createSession(file.toString(), options);
            return open(session, GraphWords.of(file), casts, options, runs);
        } catch (OrtException e) {
            throw RuntimeWords.cannotLoad(e);
        }
    }

    private static OnnxModel open(
            OrtSession session,
            GraphWords words,
            Map<Datatype, UnsignedCast> casts,
            OrtSession.SessionOptions options,
            Runs runs)
            throws OrtException {
        try {
            words.oddKinds.requireNone();
            OnnxModel model = new OnnxModel(session, words, casts, runs);
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

    /** No arena, because it would keep the memory of the largest run for ever. */
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
                        "the input '" + input.getName() + "' is not a tensor, and other types are not supported");
            }
        }
    }

    private List<TensorSpec> specs(Collection<NodeInfo> nodes) {
        List<TensorSpec> specs = new ArrayList<>();
        nodes.forEach(node -> specs.add(spec(node.getName(), node.getInfo())));
        return List.copyOf(specs);
    }

    /** Maps and sequences as tensors. */
    private TensorSpec spec(String name, ValueInfo info) {
        if (info instanceof TensorInfo tensor) {
            return TensorTypes.spec(name, tensor, words.elementsOf(name));
        } else if (info instanceof MapInfo || (info instanceof SequenceInfo sequence && sequence.sequenceOfMaps)) {
            List<Object> labels = words.labels.getOrDefault(name, List.of());
            return new TensorSpec(name, Datatype.FP32, List.of(-1L, labels.isEmpty() ? -1L : labels.size()));
        } else if (info instanceof SequenceInfo) {
            return TensorTypes.ofSequence(name, words.elementsOf(name));
        }
        throw new ServingException(FailureKind.INVALID_INPUT, "'" + name + "' is of a kind that is not supported");
    }

    private static Map<String, String> metadata(OnnxModelMetadata told, GraphWords words) {
        Map<String, String> metadata = new TreeMap<>(told.getCustomMetadata());
        words.labels.forEach((output, labels) -> metadata.putIfAbsent(
                "labels." + output,
                Json.writeText(labels.stream().map(Object::toString).toList())));
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

    /**
     * Maps, and sequences of maps, are FP32 [-1, classes]; sequences of tensors are tensors with one more dimension.
     */
    public List<TensorSpec> outputs() {
        return outputs;
    }

    /** The file's metadata, with {@code producer}, {@code description}, and the class labels by output. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Runs it for all outputs, like {@link #run(List, Set)}. */
    public List<ModelOutput> run(List<Tensor> given) {
        return run(given, Set.of());
    }

    /**
     * Runs it on this thread, until the thread is interrupted. Computes only what the requested outputs need.
     *
     * @param wanted names of outputs; empty for all; all as well if one of them does not exist
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with the missing or wrong input, or if the run takes
     *     too much memory; {@link FailureKind#WORKERS_BUSY} if other runs have taken the memory; {@link
     *     FailureKind#DEADLINE_EXCEEDED} if an interrupt has ended the run; the thread stays interrupted
     */
    public List<ModelOutput> run(List<Tensor> given, Set<String> wanted) {
        TensorSpec.requireAll(expectedInputs(given), given);
        runs.begin();
        try (Feed feed = new Feed(casts)) {
            for (Tensor tensor : given) {
                feed.add(tensor);
            }
            boolean mayBeOdd = words.hasOddTexts || feed.hasOddTexts();
            return TerminableRun.of(session, feed.tensors(), outputs(wanted), result -> read(result, mayBeOdd));
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

    /**
     * An input without dimensions is a single value or of any shape: the runtime does not say which, and accepts
     * either.
     */
    private List<TensorSpec> expectedInputs(List<Tensor> given) {
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

    private List<ModelOutput> read(OrtSession.Result result, boolean mayBeOdd) throws OrtException {
        OutputReader reader = new OutputReader(runs.maxOutputBytes(), words, texts, mayBeOdd);
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
            texts.close();
            for (UnsignedCast cast : casts.values()) {
                cast.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed", e);
        }
    }
}
