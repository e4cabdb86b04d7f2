package dev.foretell.commons.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself at {@code GET /}: its functions and where each is called. Any process that speaks this is a
 * worker; the shape is firefly's, and what it does not name is ignored. {@code hosts} is there where the worker is a model
 * host: it says how many calls of a model it takes at once, and its memory. {@code epoch} tells this process from any other that may come to
 * listen at its address. {@code attentive} is true where it answers {@code GET /} at once whatever its functions are doing.
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
     * One function: {@code path} is where it is called by POST, {@code result} the JSON schema of what it answers, {@code * batch} there where it takes many calls at once, {@code sample} a body that it can be warmed up with, {@code stream} true
     * where it answers item by item; then {@code result} is one item's.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Function(
            String path,
            @Nullable String doc,
            @Nullable List<Parameter> parameters,
            @Nullable Object result,
            @Nullable Batch batch,
            @Nullable JsonNode sample,
            @Nullable Object stream) {
        public Function(
                String path, @Nullable String doc, @Nullable List<Parameter> parameters, @Nullable Object result) {
            this(path, doc, parameters, result, null, null, null);
        }

        /** The same with a sample. */
        public Function withSample(JsonNode said) {
            return new Function(path, doc, parameters, result, batch, said, stream);
        }

        /** Whether it answers item by item. */
        public boolean streams() {
            return Boolean.TRUE.equals(stream);
        }

        /** Most calls it takes at once; 1 where it takes them singly. */
        public int batchMax() {
            return batch == null ? 1 : Math.max(1, batch.max());
        }

        private boolean isCallable() {
            return path != null && USABLE_PATH.matcher(path).matches();
        }
    }

    /**
     * Says that a function takes up to {@code max} calls at once, in the form of {@link BatchForm}; of a model host, also the bytes
     * that it has for models, 0 where it does not say.
     */
    public record Batch(
            int max,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long memory) {
        public Batch(int max) {
            this(max, 0);
        }

        /** Of a worker that means something else by the word, nothing is expected. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Batch of(JsonNode said) {
            return new Batch(
                    said.path("max").asInt(0), Math.max(0, said.path("memory").asLong(0)));
        }
    }

    /**
     * One named argument; {@code kind} is {@code POSITIONAL_OR_KEYWORD}, {@code defaultValue} is absent where the argument
     * must be given.
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

    /** Functions at paths that cannot stand in a request line are left out. */
    public WorkerIndex {
        Map<String, Function> usable = functions == null ? new LinkedHashMap<>() : new LinkedHashMap<>(functions);
        usable.values().removeIf(function -> !function.isCallable());
        functions = Collections.unmodifiableMap(usable);
    }

    /** Whether a text may be an epoch: 1 to 64 letters, digits, dots, dashes or underscores. */
    public static boolean isEpoch(String text) {
        return EPOCH.matcher(text).matches();
    }

    /** Which process this is; empty where it does not say. */
    public String process() {
        return epoch instanceof String text && isEpoch(text) ? text : "";
    }

    /** Whether one that leaves a probe without an answer is frozen rather than busy with calls. */
    public boolean attends() {
        return Boolean.TRUE.equals(attentive);
    }

    /**
     * The function that serves a model: of a host, the model file's; else one named like the model; else the only function there is; else the one that was named
     * at registration, if the worker has it.
     */
    public Optional<Function> functionFor(String model, @Nullable String registered) {
        if (registered != null && hosts != null && Hosting.isHosted(registered)) {
            return Optional.of(new Function("/" + registered, null, null, null, hosts, null, null));
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
