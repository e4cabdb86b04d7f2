package dev.foretell.worker.loading;

import dev.foretell.worker.function.Batch;
import dev.foretell.worker.function.Doc;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.Refusals;
import dev.foretell.worker.function.RefusingFunction;
import dev.foretell.worker.function.Sample;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.binding.BatchFunction;
import dev.foretell.worker.function.binding.JavaFunction;
import dev.foretell.worker.function.binding.SampledFunction;
import dev.foretell.worker.function.binding.Signature;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a method callable with named arguments. */
final class MethodFunction {
    private static final Logger LOG = LoggerFactory.getLogger(MethodFunction.class);

    private MethodFunction() {}

    /**
     * A static method, or an instance method of a class with a no-argument constructor; one instance takes all calls.
     */
    static ServedFunction of(Class<?> owner, Method method, String name, @Nullable String javadoc) {
        Object target = Modifier.isStatic(method.getModifiers()) ? null : create(owner);
        return bound(name, doc(method, javadoc), owner, method, target);
    }

    /** A method of an object; {@code seenAs} is the object's type with its generic arguments, if known. */
    static ServedFunction bound(
            String name, @Nullable String doc, Type seenAs, Method method, @Nullable Object target) {
        warnOfLostNames(method);
        MethodHandle handle = handle(method, target).asSpreader(Object[].class, method.getParameterCount());
        return of(name, doc, method, Signature.of(seenAs, method), handle::invoke);
    }

    /** Applies the method's annotations: batches, refusals and a sample. */
    static ServedFunction of(
            String name, @Nullable String doc, Method method, Signature signature, JavaFunction.Code code) {
        Batch batch = method.getAnnotation(Batch.class);
        Sample sample = method.getAnnotation(Sample.class);
        ServedFunction function = batch == null
                ? new JavaFunction(name, doc, signature, code)
                : new BatchFunction(name, doc, signature, code, batch.max());
        ServedFunction refusing = RefusingFunction.of(function, Refusals.of(method));
        return sample == null ? refusing : SampledFunction.of(refusing, sample);
    }

    static @Nullable String doc(AnnotatedElement element, @Nullable String javadoc) {
        Doc doc = element.getAnnotation(Doc.class);
        return doc == null ? javadoc : doc.value();
    }

    static Object create(Class<?> owner) {
        try {
            Constructor<?> constructor = owner.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new FunctionNotFoundException(
                    owner.getName() + " cannot be created: its constructor threw " + e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new FunctionNotFoundException(owner.getName()
                    + " cannot be created: it needs a constructor without arguments, or its method must be static");
        }
    }

    private static MethodHandle handle(Method method, @Nullable Object target) {
        try {
            method.trySetAccessible();
            MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
            return target == null ? handle : handle.bindTo(target);
        } catch (IllegalAccessException e) {
            throw new FunctionNotFoundException(method + " cannot be called from here: make it public");
        }
    }

    static void warnOfLostNames(Method method) {
        boolean isUsers = !method.getDeclaringClass().getName().startsWith("java.");
        if (isUsers && method.getParameterCount() > 0 && !method.getParameters()[0].isNamePresent()) {
            LOG.warn(
                    "{}.{} was compiled without -parameters: its arguments are named arg0, arg1, …",
                    method.getDeclaringClass().getName(),
                    method.getName());
        }
    }
}
