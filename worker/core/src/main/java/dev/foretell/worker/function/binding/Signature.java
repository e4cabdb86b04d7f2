package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.foretell.worker.function.Default;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * The named parameters and the result type of a method, with the type variables of its class resolved.
 *
 * @param result the type of one item if it streams
 * @param streams whether it returns a {@code Stream} or a {@code Flow.Publisher}
 */
public record Signature(List<Parameter> parameters, JavaType result, boolean streams) {
    private static final TypeFactory TYPES = FunctionJson.MAPPER.getTypeFactory();

    public Signature {
        parameters = List.copyOf(parameters);
    }

    /** The signature of a method for {@code owner}, a class or a generic interface with arguments. */
    public static Signature of(Type owner, Method method) {
        return of(owner, method, 0);
    }

    /** The same without the first parameters, which a lambda has captured. */
    public static Signature of(Type owner, Method method, int skipped) {
        JavaType seen = TYPES.constructType(owner);
        JavaType declaring = seen.findSuperType(method.getDeclaringClass());
        JavaType context = declaring == null ? seen : declaring;
        List<Parameter> parameters = new ArrayList<>();
        java.lang.reflect.Parameter[] all = method.getParameters();
        for (int i = skipped; i < all.length; i++) {
            Type type = all[i].getParameterizedType();
            String name = all[i].isNamePresent() ? all[i].getName() : "arg" + (i - skipped);
            parameters.add(new Parameter(name, resolve(type, context), defaultOf(all[i])));
        }
        JavaType answer = inTheEnd(resolve(method.getGenericReturnType(), context));
        JavaType item = argumentOf(answer, BaseStream.class, Flow.Publisher.class);
        return new Signature(parameters, item == null ? answer : item, item != null);
    }

    /** The same with one more parameter in front: the receiver of an unbound method reference. */
    public Signature on(Class<?> receiver) {
        List<Parameter> more = new ArrayList<>();
        more.add(new Parameter("arg0", TYPES.constructType(receiver), null));
        more.addAll(parameters);
        return new Signature(more, result, streams);
    }

    /** The signature of one item, if this takes a list of items and returns a list of results. */
    Optional<Signature> ofItem() {
        return parameters.size() == 1 && result.hasRawClass(List.class)
                ? parameters.get(0).ofItem().map(item -> new Signature(List.of(item), result.getContentType(), false))
                : Optional.empty();
    }

    private static JavaType resolve(Type type, JavaType context) {
        return TYPES.resolveMemberType(type, context.getBindings());
    }

    private static @Nullable String defaultOf(java.lang.reflect.Parameter parameter) {
        Default given = parameter.getAnnotation(Default.class);
        return given == null ? null : given.value();
    }

    /** The final type for a caller: the value, not the future. */
    private static JavaType inTheEnd(JavaType declared) {
        JavaType value = argumentOf(declared, CompletionStage.class, Future.class);
        return value == null ? declared : value;
    }

    /** The element type of a future or stream; null for other types. */
    private static @Nullable JavaType argumentOf(JavaType declared, Class<?>... holders) {
        for (Class<?> holder : holders) {
            JavaType held = declared.findSuperType(holder);
            if (held != null) {
                return held.containedTypeOrUnknown(0);
            }
        }
        return null;
    }
}
