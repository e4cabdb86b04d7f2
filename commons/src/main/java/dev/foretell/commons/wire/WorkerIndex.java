package dev.foretell.commons.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The index that a worker serves at {@code GET /}: its functions and their paths. Any process that serves such an index
 * is a worker. The format is firefly's; unknown fields are ignored. A model host has {@code hosts}, with its maximum
 * batch size and its memory. {@code epoch} distinguishes this process from others that may listen at its address later.
 * {@code attentive} is true if {@code GET /} responds at once even while functions run.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerIndex(
        @Nullable String app,
        @Nullable String version,
        Map<String, Function> functions,
        @Nullable Batch hosts,
        @Nullable Object epoch,
        @Nullable Object attentive) {
    public WorkerIndex(@Nullable String app, @Nullable String version, Map<String, Function> functions) {
        this(app, version, functions, null, null, null);
    }

    /**
     * One function. It is called by POST at {@code path}. {@code result} is the JSON schema of its result. {@code
     * batch} is present if it takes many calls at once. {@code sample} is a body for warm-up. If {@code stream} is
     * true, it responds item by item, and {@code result} describes one item.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Function(
            String path,
            @JsonUnwrapped Description description,
            @JsonUnwrapped Ways ways) {
        public Function(
                String path, @Nullable String doc, @Nullable List<Parameter> parameters, @Nullable Object result) {
            this(path, new Description(doc, parameters, result), Ways.ONE_BY_ONE);
        }

        /** The same at another path. */
        public Function at(String another) {
            return new Function(another, description, ways);
        }

        /** The same that takes many calls at once. */
        public Function withBatch(Batch many) {
            return new Function(path, description, new Ways(many, ways.sample(), ways.stream()));
        }

        /** This function with a sample. */
        public Function withSample(JsonNode given) {
            return new Function(path, description, new Ways(ways.batch(), given, ways.stream()));
        }

        /** The same that answers item by item. */
        public Function withStream() {
            return new Function(path, description, new Ways(ways.batch(), ways.sample(), true));
        }

        public @Nullable String doc() {
            return description.doc();
        }

        public @Nullable List<Parameter> parameters() {
            return description.parameters();
        }

        public @Nullable Object result() {
            return description.result();
        }

        public @Nullable Batch batch() {
            return ways.batch();
        }

        public @Nullable JsonNode sample() {
            return ways.sample();
        }

        /** Whether it responds item by item. */
        public boolean streams() {
            return Boolean.TRUE.equals(ways.stream());
        }

        /** The maximum number of calls in a batch; 1 without batches. */
        public int batchMax() {
            return ways.batch() == null ? 1 : Math.max(1, ways.batch().max());
        }

        private boolean isCallable() {
            return path != null && USABLE_PATH.matcher(path).matches();
        }
    }

    /** What people and programs are told of a function. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Description(
            @Nullable String doc,
            @Nullable List<Parameter> parameters,
            @Nullable Object result) {}

    /** In which ways a function is called. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ways(
            @Nullable Batch batch,
            @Nullable JsonNode sample,
            @Nullable Object stream) {
        private static final Ways ONE_BY_ONE = new Ways(null, null, null);
    }

    /**
     * A function takes up to {@code max} calls at once, in the format of {@link BatchForm}. For a model host, also the
     * bytes of memory for models; 0 if the host does not report it.
     */
    public record Batch(
            int max,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long memory) {
        public Batch(int max) {
            this(max, 0);
        }

        /** A worker may use this field for something else; then nothing is assumed. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Batch of(JsonNode given) {
            return new Batch(
                    given.path("max").asInt(0), Math.max(0, given.path("memory").asLong(0)));
        }
    }

    /**
     * One named argument. {@code kind} is {@code POSITIONAL_OR_KEYWORD}. {@code defaultValue} is absent if the argument
     * is required.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Parameter(
            String name,
            @Nullable String kind,

            @com.fasterxml.jackson.annotation.JsonProperty("default") @Nullable
            Object defaultValue,

            @Nullable String type,
            @Nullable Object schema) {}

    private static final Pattern EPOCH = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Pattern USABLE_PATH = Pattern.compile("/[!-~]{0,255}");

    /** Omits functions whose paths cannot be part of a request line. */
    public WorkerIndex {
        Map<String, Function> usable = functions == null ? new LinkedHashMap<>() : new LinkedHashMap<>(functions);
        usable.values().removeIf(function -> !function.isCallable());
        functions = Collections.unmodifiableMap(usable);
    }

    /** Whether a text is a valid epoch: 1 to 64 letters, digits, dots, dashes or underscores. */
    public static boolean isEpoch(String text) {
        return EPOCH.matcher(text).matches();
    }

    /** Identifies the process; empty if the index has no epoch. */
    public String process() {
        return epoch instanceof String text && isEpoch(text) ? text : "";
    }

    /** Whether a missing probe response means that the worker is frozen, rather than busy with calls. */
    public boolean attends() {
        return Boolean.TRUE.equals(attentive);
    }

    /**
     * The function that serves a model: at a host, the function of the model file; otherwise the function with the
     * model's name; otherwise the only function; otherwise the function named at registration, if the worker has it.
     */
    public Optional<Function> functionFor(String model, @Nullable String registered) {
        if (registered != null && hosts != null && Hosting.isHosted(registered)) {
            return Optional.of(new Function("/" + registered, null, null, null).withBatch(hosts));
        }
        Function named = functions.get(model);
        if (named == null && functions.size() == 1) {
            named = functions.values().iterator().next();
        }
        if (named == null && registered != null) {
            named = functions.get(registered);
        }
        return Optional.ofNullable(named);
    }

    /** The path of the function that serves a model. */
    public Optional<String> pathFor(String model, @Nullable String registered) {
        return functionFor(model, registered).map(Function::path);
    }
}
