package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes every component of a record required in JSON, except an {@code Optional} and one marked {@code @Nullable}. */
final class RequiredComponents extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        Boolean marked = super.hasRequiredMarker(member);
        if (!Boolean.TRUE.equals(marked)
                && member instanceof AnnotatedParameter parameter
                && parameter.getDeclaringClass().isRecord()) {
            RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
            return parameter.getIndex() < components.length && isRequired(components[parameter.getIndex()]);
        }
        return marked;
    }

    static boolean isRequired(RecordComponent component) {
        return component.getType() != Optional.class
                && !isNullable(component.getAnnotatedType().getAnnotations())
                && !isNullable(component.getAnnotations());
    }

    private static boolean isNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }
}
