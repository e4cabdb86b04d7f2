package dev.foretell.worker.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rooms of training, and who may know whom. */
class RoomsTest {
    private static final String HERE = "dev.foretell.worker.training.";
    /** Each may know those ahead of it. */
    private static final List<String> ROOMS = List.of(
            "onnx",
            "table",
            "model",
            "prepare",
            "learn",
            "pipeline",
            "score",
            "search",
            "engine",
            "code",
            "job",
            "trainer");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.foretell.worker.training");

    @Test
    void haveNoCycles() {
        slices().matching(HERE + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void importOneWay() {
        for (int room = 0; room < ROOMS.size(); room++) {
            for (String later : ROOMS.subList(room + 1, ROOMS.size())) {
                mayNotKnow(ROOMS.get(room), HERE + later + "..");
            }
        }
        mayNotKnow("model", HERE + "table..");
        mayNotKnow("prepare", HERE + "model..");
        mayNotKnow("table", HERE + "onnx..");
    }

    @Test
    void keepLibrariesInOneRoomEach() {
        onlyIn("table", "com.fasterxml.jackson.dataformat..");
        onlyIn("learn.linear", "org.hipparchus..");
        onlyIn("onnx", "ai.onnx.proto..", "com.google.protobuf..");
    }

    @Test
    void computeWithoutServers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "org.redisson..", "ai.onnxruntime..")
                .check(CLASSES);
    }

    private static void onlyIn(String room, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(CLASSES);
    }

    private static void mayNotKnow(String room, String others) {
        noClasses()
                .that()
                .resideInAPackage(HERE + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(others)
                .check(CLASSES);
    }
}
