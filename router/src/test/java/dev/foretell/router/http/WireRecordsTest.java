package dev.foretell.router.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.foretell.commons.json.Json;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields of a record stand in its JSON form in the order in which they are declared, whatever they are called there. */
class WireRecordsTest {
    static Stream<Class<?>> records() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(
                                "dev.foretell.router.http",
                                "dev.foretell.router.models",
                                "dev.foretell.router.store",
                                "dev.foretell.commons.wire")
                        .stream()
                        .filter(JavaClass::isRecord)
                        .map(JavaClass::reflect);
    }

    @ParameterizedTest
    @MethodSource("records")
    void fieldsAreWrittenInTheOrderOfTheComponents(Class<?> type) {
        var described = Json.MAPPER.getSerializationConfig().introspect(Json.MAPPER.constructType(type));

        assertThat(described.findProperties().stream().map(BeanPropertyDefinition::getInternalName))
                .containsSubsequence(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }
}
