package dev.foretell.worker.function;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exceptions of a function that mean that its input is wrong, with the status for each. */
public record Refusals(Map<Class<? extends Throwable>, Integer> statuses) {
    public static final Refusals NONE = new Refusals(Map.of());

    /** @throws IllegalArgumentException if a status is not from 400 to 499 */
    public Refusals {
        statuses.values().forEach(InvalidInputException::requireStatus);
        statuses = Map.copyOf(statuses);
    }

    /** From {@link Refuses}. */
    public static Refusals of(Method method) {
        Refusals all = NONE;
        for (Refuses one : method.getAnnotationsByType(Refuses.class)) {
            all = all.and(one.status(), List.of(one.value()));
        }
        return all;
    }

    /** Adds exceptions; an existing one gets the new status. */
    public Refusals and(int status, List<Class<? extends Throwable>> exceptions) {
        Map<Class<? extends Throwable>, Integer> more = new HashMap<>(statuses);
        exceptions.forEach(one -> more.put(one, status));
        return new Refusals(more);
    }

    /** Combines both; these have precedence. */
    public Refusals or(Refusals others) {
        Map<Class<? extends Throwable>, Integer> more = new HashMap<>(others.statuses);
        more.putAll(statuses);
        return new Refusals(more);
    }

    /** The failure itself, or the refusal that it means. */
    public Throwable explain(Throwable failure) {
        Integer status = failure instanceof InvalidInputException ? null : status(failure.getClass());
        return status == null ? failure : new InvalidInputException(status, words(failure), failure);
    }

    private @Nullable Integer status(Class<?> thrown) {
        if (statuses.isEmpty()) {
            return null;
        }
        for (Class<?> at = thrown; at != null; at = at.getSuperclass()) {
            Integer status = statuses.get(at);
            if (status != null) {
                return status;
            }
        }
        return null;
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? "the function refuses its input" : failure.getMessage();
    }
}
