package dev.foretell.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the client may know. */
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.foretell.client");

    @Test
    void theClientKnowsTheJdkAndJacksonAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "com.fasterxml.jackson..", "org.jspecify.annotations", "dev.foretell.client..")
                .check(CLASSES);
    }

    @Test
    void failuresAndModelsKnowNothingElse() {
        for (String room : new String[] {"failure", "model"}) {
            classes()
                    .that()
                    .resideInAPackage("dev.foretell.client." + room)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "com.fasterxml.jackson..",
                            "org.jspecify.annotations",
                            "dev.foretell.client." + room)
                    .check(CLASSES);
        }
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.foretell.(client..)").should().beFreeOfCycles().check(CLASSES);
    }
}
