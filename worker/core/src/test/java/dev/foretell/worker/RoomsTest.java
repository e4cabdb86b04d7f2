package dev.foretell.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of the worker, and who may know whom. */
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.foretell.worker");

    @Test
    void haveNoCycles() {
        slices().matching("dev.foretell.(worker..)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void importOneWay() {
        mayNotKnow("function", "loading", "execution", "http", "registration");
        mayNotKnow("loading", "execution", "http", "registration");
        mayNotKnow("execution", "function", "loading", "http", "registration");
        mayNotKnow("http", "loading", "registration");
        mayNotKnow("registration", "function", "loading", "execution", "http");
    }

    @Test
    void keepVertxOutOfFunctions() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.foretell.worker.function..", "dev.foretell.worker.loading")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(CLASSES);
    }

    @Test
    void neverKnowTheRouter() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.foretell.router..")
                .check(CLASSES);
    }

    private static void mayNotKnow(String room, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.foretell.worker." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.foretell.worker." + other + "..")
                    .check(CLASSES);
        }
    }
}
