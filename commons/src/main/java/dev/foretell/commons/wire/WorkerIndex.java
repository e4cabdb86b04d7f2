package dev.foretell.commons.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself at {@code GET /}: its functions and where each is called. Any process that speaks this is a
 * worker; the shape is firefly's, and what it does not name is ignored.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerIndex(@Nullable String app, @Nullable String version, Map<String, Function> functions) {
    /** One function: {@code path} is where it is called by POST, {@code result} the JSON schema of what it answers. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Function(
            String path,
            @Nullable String doc,
            @Nullable List<Parameter> parameters,
            @Nullable Object result) {
        public Function(String path, @Nullable String doc, @Nullable List<Parameter> parameters) {
            this(path, doc, parameters, null);
        }

        private boolean isCallable() {
            return path != null && USABLE_PATH.matcher(path).matches();
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

    private static final Pattern USABLE_PATH = Pattern.compile("/[!-~]{0,255}");

    /** Functions at paths that cannot stand in a request line are left out. */
    public WorkerIndex {
        Map<String, Function> usable = functions == null ? new LinkedHashMap<>() : new LinkedHashMap<>(functions);
        usable.values().removeIf(function -> !function.isCallable());
        functions = Collections.unmodifiableMap(usable);
    }

    /**
     * The path that serves a model: a function named like it; else the only function there is; else the one that was named
     * at registration, if the worker has it.
     */
    public Optional<String> pathFor(String model, @Nullable String registered) {
        Function named = functions.get(model);
        if (named == null && functions.size() == 1) {
            named = functions.values().iterator().next();
        }
        if (named == null && registered != null) {
            named = functions.get(registered);
        }
        return Optional.ofNullable(named).map(Function::path);
    }
}
