package dev.foretell.worker.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of the model host, and who may know whom. */
class RoomsTest {
    private static final String HERE = "dev.foretell.worker.onnx.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.foretell.worker.onnx");

    @Test
    void haveNoCycles() {
        slices().matching(HERE + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void importOneWay() {
        mayNotKnow("image", "model", "call", "shelf", "inspect");
        mayNotKnow("model", "image", "call", "shelf", "inspect");
        mayNotKnow("call", "shelf", "inspect");
        mayNotKnow("shelf", "inspect");
    }

    @Test
    void keepTheRuntimeInOneRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + "model")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }

    private static void mayNotKnow(String room, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage(HERE + room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HERE + other)
                    .check(CLASSES);
        }
    }
}
