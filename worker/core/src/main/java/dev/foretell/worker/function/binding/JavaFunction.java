package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.databind.JavaType;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Java method or lambda with named arguments. As thread-safe as the user's code. */
public final class JavaFunction implements ServedFunction {
    /** The user's code, with its arguments in order. */
    @FunctionalInterface
    public interface Code {
        @Nullable
        Object call(@Nullable Object[] arguments) throws Throwable;
    }

    private static final Set<Class<?>> BINARY = Set.of(byte[].class, InputStream.class, Path.class, File.class);

    private final String name;
    private final @Nullable String doc;
    private final Signature signature;
    private final ArgumentReader arguments;
    private final Code code;

    /** @throws FunctionNotFoundException if no caller can send a value of an argument's type */
    public JavaFunction(String name, @Nullable String doc, Signature signature, Code code) {
        this.name = Names.require("function", name);
        this.doc = doc;
        this.signature = signature;
        signature.parameters().forEach(parameter -> parameter.requireReadable(name));
        this.arguments = new ArgumentReader(signature.parameters());
        this.code = code;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public WorkerIndex.Function describe() {
        WorkerIndex.Function described = new WorkerIndex.Function(
                "/" + name,
                doc == null ? "" : doc,
                signature.parameters().stream().map(Parameter::describe).toList(),
                resultSchema(signature.result()));
        return signature.streams() ? described.withStream() : described;
    }

    @Override
    public List<String> headers() {
        return arguments.takesRaw() ? RawBody.HEADERS : List.of();
    }

    @Override
    public boolean streams() {
        return signature.streams();
    }

    @Override
    public @Nullable Object call(CallBody body) throws Exception {
        @Nullable Object[] values = body.readBy(arguments);
        try {
            return code.call(values);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> resultSchema(JavaType type) {
        return BINARY.contains(type.getRawClass())
                ? Map.of("type", "string", "format", "binary")
                : type.hasRawClass(Answer.class) ? Map.of() : JsonSchema.ofResult(type);
    }
}
