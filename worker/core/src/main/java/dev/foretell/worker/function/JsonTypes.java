package dev.foretell.worker.function;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the type, within an argument's, of which JSON makes no object, whatever a caller sends. Used once per argument. */
final class JsonTypes {
    private JsonTypes() {}

    /** Why it cannot be read; null where it can. */
    static @Nullable String unreadable(JavaType type) {
        return parts(type)
                .map(JsonTypes::missing)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** The type itself, or what a container holds. */
    private static Stream<JavaType> parts(JavaType type) {
        if (type.isContainerType() || type.isReferenceType()) {
            return parts(type.getContentType());
        }
        return Stream.of(type);
    }

    private static String missing(JavaType type) {
        String word = TypeWords.of(type);
        try {
            JsonDeserializer<?> reader = context().findRootValueDeserializer(type);
            if (reader instanceof AbstractDeserializer) {
                return "nothing in JSON says which class of " + word + " a value is to be";
            }
            boolean unmakeable = reader instanceof BeanDeserializerBase bean
                    && !bean.getValueInstantiator().canInstantiate();
            return unmakeable ? word + " has no constructor that JSON could be given to" : "";
        } catch (JsonMappingException e) {
            return word + " cannot be read from JSON";
        }
    }

    private static DeserializationContext context() {
        return ((DefaultDeserializationContext) FunctionJson.MAPPER.getDeserializationContext())
                .createDummyInstance(FunctionJson.MAPPER.getDeserializationConfig());
    }
}
