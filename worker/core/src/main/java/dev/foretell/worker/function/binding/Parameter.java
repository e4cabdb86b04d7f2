package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Utf8;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.UploadedFile;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One named argument of a Java function: how to read its value, and its default. */
public final class Parameter {
    private final String name;
    private final JavaType type;
    private final boolean optional;
    private final ObjectReader reader;
    private final @Nullable JsonNode byDefault;

    /** @throws IllegalArgumentException if the default does not fit the type */
    public Parameter(String name, JavaType declared, @Nullable String byDefault) {
        this.name = name;
        this.optional = declared.hasRawClass(Optional.class);
        this.type = optional ? declared.containedTypeOrUnknown(0) : declared;
        this.reader = FunctionJson.MAPPER.readerFor(type);
        this.byDefault = byDefault == null ? null : parse(byDefault);
        checkDefault();
    }

    public String name() {
        return name;
    }

    /** If it is a list, one item of it under the same name; a number as an item is required, like an int. */
    Optional<Parameter> ofItem() {
        if (!type.hasRawClass(List.class) || optional || byDefault != null) {
            return Optional.empty();
        }
        JavaType item = type.getContentType();
        Class<?> plain = MethodType.methodType(item.getRawClass()).unwrap().returnType();
        return Optional.of(new Parameter(name, plain.isPrimitive() ? typeOf(plain) : item, null));
    }

    private static JavaType typeOf(Class<?> plain) {
        return FunctionJson.MAPPER.constructType(plain);
    }

    /**
     * Checks that a caller can send it.
     *
     * @throws FunctionNotFoundException with a type to declare instead
     */
    void requireReadable(String function) {
        String why = isFile() ? null : JsonTypes.unreadable(type);
        if (why != null) {
            throw new FunctionNotFoundException("function '" + function
                    + "' could not be called by anybody: its argument '" + name + "' is of type " + typeWords() + why);
        }
    }

    /** Whether its value can only be a form's file; no caller can name a file of this machine. */
    boolean isFile() {
        return JsonTypes.isFile(type) || type.hasRawClass(InputStream.class);
    }

    boolean isBytes() {
        return type.hasRawClass(byte[].class);
    }

    /** Whether a body that is not JSON may be its value. */
    boolean takesRaw() {
        return isBytes() || type.hasRawClass(InputStream.class);
    }

    @Nullable
    Object readRaw(byte[] body) {
        return present(isBytes() ? body : new ByteArrayInputStream(body));
    }

    /** Whether a JSON object may be its value. */
    boolean takesObject() {
        return "object".equals(schema().get("type")) || schema().isEmpty();
    }

    /** Whether a JSON array may be its value. */
    boolean takesArray() {
        return "array".equals(schema().get("type")) || schema().isEmpty();
    }

    @Nullable
    Object read(JsonParser parser) throws IOException {
        refuseFile();
        return present(reader.readValue(parser));
    }

    /** The value of a form's field: JSON, or else the text itself. */
    @Nullable
    Object readText(String text) throws IOException {
        refuseFile();
        return present(reader.readValue(new FiniteParser(FunctionJson.MAPPER.treeAsTokens(parse(text)))));
    }

    @Nullable
    Object readFile(UploadedFile file) throws IOException {
        if (type.hasRawClass(Path.class)) {
            return present(file.path());
        } else if (type.hasRawClass(File.class)) {
            return present(file.path().toFile());
        } else if (type.hasRawClass(InputStream.class)) {
            return present(file.open());
        }
        byte[] bytes = file.bytes();
        if (isBytes()) {
            return present(bytes);
        }
        if (!Utf8.isValid(bytes, 0, bytes.length)) {
            throw new ServingException(FailureKind.MALFORMED, "argument '" + name + "' must be text in UTF-8");
        }
        return readText(new String(bytes, StandardCharsets.UTF_8));
    }

    /** @throws ServingException if the argument is required */
    @Nullable
    Object absent() {
        if (byDefault != null) {
            return present(valueOf(byDefault));
        }
        if (optional) {
            return Optional.empty();
        }
        throw new ServingException(FailureKind.INVALID_INPUT, "missing a required argument: '" + name + "'");
    }

    WorkerIndex.Parameter describe() {
        return new WorkerIndex.Parameter(name, "POSITIONAL_OR_KEYWORD", byDefault, typeWords(), schema());
    }

    String typeWords() {
        return TypeWords.of(type);
    }

    /** The expected value, for a caller whose value does not fit. */
    String valueWords() {
        boolean isPlain = type.getBindings().isEmpty() && !type.isArrayType();
        return isPlain ? ValueWords.of(type.getRawClass()) : typeWords();
    }

    private void refuseFile() {
        if (isFile()) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "argument '" + name + "' must be sent as a file, by multipart/form-data"
                            + (takesRaw() ? ", or as the body, with Content-Type: application/octet-stream" : ""));
        }
    }

    private Map<String, Object> schema() {
        return isFile() ? Map.of("type", "string", "format", "binary") : JsonSchema.ofArgument(type);
    }

    private @Nullable Object present(@Nullable Object value) {
        return optional ? Optional.ofNullable(value) : value;
    }

    private JsonNode parse(String text) {
        try {
            JsonNode tree = FunctionJson.MAPPER.readTree(text);
            boolean wanted = tree.isTextual() || !type.isTypeOrSubTypeOf(CharSequence.class);
            return wanted && !tree.isMissingNode() ? tree : TextNode.valueOf(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private @Nullable Object valueOf(JsonNode tree) {
        try {
            return reader.readValue(tree);
        } catch (IOException e) {
            throw new IllegalArgumentException("the default of '" + name + "' is not a " + typeWords(), e);
        }
    }

    private void checkDefault() {
        if (byDefault != null) {
            valueOf(byDefault);
        }
    }
}
