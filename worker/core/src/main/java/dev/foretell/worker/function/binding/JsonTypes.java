package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a type within an argument's type that no JSON can become: in its lists, maps and optionals, and in the
 * constructors of its records. Used once per argument.
 */
final class JsonTypes {
    private static final String WAY_OUT = "; declare a record or another definite class there, as in List<Integer>";

    private final Set<JavaType> seen = new HashSet<>();

    private JsonTypes() {}

    /** Whether a form's file can be its value. */
    static boolean isFile(JavaType type) {
        return type.hasRawClass(Path.class) || type.hasRawClass(File.class);
    }

    /** Why the type cannot be read, as the end of a sentence about it; null if it can. */
    static @Nullable String unreadable(JavaType type) {
        return new JsonTypes().trouble(type, "");
    }

    private @Nullable String trouble(JavaType type, String path) {
        String why = describeGap(type);
        if (why != null) {
            String place = path.isEmpty() ? "" : ", whose field '" + path + "' is of type " + TypeWords.of(type);
            return place + ", and " + why;
        }
        return !seen.add(type)
                ? null
                : type.isContainerType() || type.isReferenceType()
                        ? trouble(type.getContentType(), path)
                        : troubleOfFields(type, path);
    }

    private @Nullable String troubleOfFields(JavaType type, String path) {
        Iterator<SettableBeanProperty> fields = fields(type);
        while (fields.hasNext()) {
            SettableBeanProperty field = fields.next();
            String trouble = hasItsOwnWay(field) ? null : trouble(field.getType(), within(path, field));
            if (trouble != null) {
                return trouble;
            }
        }
        return null;
    }

    /** The constructor's properties; callers may omit properties with setters. */
    private static Iterator<SettableBeanProperty> fields(JavaType type) {
        try {
            return reader(type) instanceof BeanDeserializerBase bean
                    ? bean.creatorProperties()
                    : Collections.emptyIterator();
        } catch (JsonMappingException e) {
            return Collections.emptyIterator();
        }
    }

    private static String within(String path, SettableBeanProperty field) {
        return path.isEmpty() ? field.getName() : path + "." + field.getName();
    }

    /** Annotations define how to read it, or to ignore it. */
    private static boolean hasItsOwnWay(SettableBeanProperty field) {
        return field.isIgnorable()
                || field.getInjectableValueId() != null
                || field.getAnnotation(JsonDeserialize.class) != null
                || field.getAnnotation(JsonTypeInfo.class) != null;
    }

    private static @Nullable String describeGap(JavaType type) {
        String word = TypeWords.of(type);
        if (isFile(type)) {
            return "only an argument of its own can be a file; declare a String or byte[] there";
        }
        try {
            JsonDeserializer<?> reader = reader(type);
            if (reader instanceof AbstractDeserializer) {
                return "nothing in JSON says which class of " + word + " a value is to be" + WAY_OUT;
            }
            boolean unmakeable = reader instanceof BeanDeserializerBase bean
                    && !bean.getValueInstantiator().canInstantiate();
            return unmakeable ? word + " has no constructor that JSON could be given to" + WAY_OUT : null;
        } catch (JsonMappingException e) {
            return word + " cannot be read from JSON" + WAY_OUT;
        }
    }

    private static JsonDeserializer<?> reader(JavaType type) throws JsonMappingException {
        return context().findRootValueDeserializer(type);
    }

    private static DeserializationContext context() {
        return ((DefaultDeserializationContext) FunctionJson.MAPPER.getDeserializationContext())
                .createDummyInstance(FunctionJson.MAPPER.getDeserializationConfig());
    }
}
