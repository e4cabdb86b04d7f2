package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The JSON schema of a Java type; {@code {}} (anything) if the type is unspecific. Used once per type. */
final class JsonSchema {
    private static final Set<Class<?>> WHOLE = Set.of(
            byte.class,
            short.class,
            int.class,
            long.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class);
    private static final Set<Class<?>> REAL =
            Set.of(float.class, double.class, Float.class, Double.class, BigDecimal.class, Number.class);
    private static final Set<Class<?>> TEXT = Set.of(char.class, Character.class, byte[].class);

    private final boolean reading;
    private final Set<Class<?>> within = new LinkedHashSet<>();

    private JsonSchema(boolean reading) {
        this.reading = reading;
    }

    /** The schema of input. */
    static Map<String, Object> ofArgument(JavaType type) {
        return new JsonSchema(true).of(type);
    }

    /** The schema of output. */
    static Map<String, Object> ofResult(JavaType type) {
        return new JsonSchema(false).of(type);
    }

    private Map<String, Object> of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (WHOLE.contains(raw)) {
            return Map.of("type", "integer");
        } else if (REAL.contains(raw)) {
            return Map.of("type", "number");
        } else if (raw.getPackageName().equals("java.time") || raw == UUID.class) {
            return Map.of("type", "string");
        } else if (raw == boolean.class || raw == Boolean.class) {
            return Map.of("type", "boolean");
        } else if (TEXT.contains(raw) || CharSequence.class.isAssignableFrom(raw)) {
            return Map.of("type", "string");
        } else if (raw == void.class || raw == Void.class) {
            return Map.of("type", "null");
        } else if (raw.isEnum()) {
            return orderedMap(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(raw.getEnumConstants()).map(String::valueOf).toList());
        }
        return ofContainer(type, raw);
    }

    private Map<String, Object> ofContainer(JavaType type, Class<?> raw) {
        if (type.isReferenceType()) {
            return of(type.getReferencedType());
        } else if (type.isMapLikeType()) {
            return orderedMap("type", "object", "additionalProperties", of(type.getContentType()));
        } else if (type.isCollectionLikeType() || type.isArrayType()) {
            return orderedMap("type", "array", "items", of(type.getContentType()));
        } else if (JsonNode.class.isAssignableFrom(raw)
                || raw.isInterface()
                || raw.getName().startsWith("java.")) {
            return Map.of();
        }
        return ofBean(type, raw);
    }

    private Map<String, Object> ofBean(JavaType type, Class<?> raw) {
        if (!within.add(raw)) {
            return Map.of();
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<BeanPropertyDefinition> found = describe(type).findProperties();
        found.forEach(property -> properties.put(property.getName(), of(property.getPrimaryType())));
        within.remove(raw);
        Map<String, Object> schema = orderedMap("type", "object", "properties", properties);
        List<String> required = requiredNames(raw);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private BeanDescription describe(JavaType type) {
        return reading
                ? FunctionJson.MAPPER.getDeserializationConfig().introspect(type)
                : FunctionJson.MAPPER.getSerializationConfig().introspect(type);
    }

    private static List<String> requiredNames(Class<?> raw) {
        return raw.isRecord()
                ? Arrays.stream(raw.getRecordComponents())
                        .filter(RequiredComponents::isRequired)
                        .map(RecordComponent::getName)
                        .toList()
                : List.of();
    }

    private static Map<String, Object> orderedMap(String key, Object value, String nextKey, Object nextValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(nextKey, nextValue);
        return map;
    }
}
