package dev.foretell.worker.loading;

import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.binding.JavaFunction;
import dev.foretell.worker.function.binding.Signature;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/**
 * Names the arguments of a lambda or method reference by the method behind it, which a serializable lambda reveals.
 * Calls go to the lambda itself.
 */
public final class LambdaFunction {
    private LambdaFunction() {}

    /** @param arity the number of arguments */
    public static ServedFunction of(String name, Serializable lambda, int arity, JavaFunction.Code code) {
        Method method = methodBehind(lambda, arity);
        if (method.isSynthetic()) {
            LambdaTypes.require(name, method, arity);
        } else {
            MethodFunction.warnOfLostNames(method);
        }
        int own = method.getParameterCount();
        Signature signature = Signature.of(method.getDeclaringClass(), method, Math.max(0, own - arity));
        if (own < arity) {
            signature = signature.on(method.getDeclaringClass());
        }
        return MethodFunction.of(name, MethodFunction.doc(method, null), method, signature, code);
    }

    private static Method methodBehind(Serializable lambda, int arity) {
        try {
            Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return resolve(
                    (SerializedLambda) replace.invoke(lambda), lambda.getClass().getClassLoader());
        } catch (NoSuchMethodException e) {
            return callMethod(lambda, arity);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("the function must be a lambda, a method reference or an object", e);
        }
    }

    private static Method resolve(SerializedLambda form, ClassLoader loader) throws ReflectiveOperationException {
        if (form.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
            throw new IllegalArgumentException("a constructor cannot be served: wrap it in a lambda");
        }
        Class<?> owner = Class.forName(form.getImplClass().replace('/', '.'), false, loader);
        MethodType type = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), loader);
        for (Class<?> at = owner; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals(form.getImplMethodName())
                        && MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                .equals(type)) {
                    return method;
                }
            }
        }
        return owner.getMethod(form.getImplMethodName(), type.parameterArray());
    }

    /** An object of a class that implements {@code Fn1} or a similar interface. */
    private static Method callMethod(Serializable function, int arity) {
        for (Method method : function.getClass().getMethods()) {
            if (method.getName().equals("call") && method.getParameterCount() == arity && !method.isBridge()) {
                return method;
            }
        }
        throw new IllegalArgumentException(function.getClass() + " has no method 'call'");
    }
}
