package dev.foretell.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: the code follows the table of the worker's rooms in {@code docs/architecture.md}. */
class RoomsTest {
    private static final String WORKER = "dev.foretell.worker";
    private static final Path PAGE = Path.of("../../docs/architecture.md");
    private static final String TITLE = "| room of `worker/core` |";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(WORKER);

    /** Each room of the table with the rooms that it may import. The row of the worker itself allows all. */
    private static Map<String, List<String>> table() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith(TITLE))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("[|]"))
                .filter(cells -> cells[1].contains("`"))
                .collect(Collectors.toMap(
                        cells -> cells[1].replace("`", "").strip(),
                        cells -> Arrays.stream(cells[3].split(","))
                                .map(String::strip)
                                .toList()));
    }

    static Stream<String> rooms() throws IOException {
        return table().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyTheRoomsItMay(String room) throws IOException {
        String[] allowed = Stream.concat(Stream.of(room), table().get(room).stream())
                .map(RoomsTest::packageOf)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage("dev.foretell.."))))
                .check(CLASSES);
    }

    private static String packageOf(String room) {
        return List.of("commons", "edge", "tracing").contains(room)
                ? "dev.foretell." + room + ".."
                : WORKER + "." + room + "..";
    }

    @Test
    void everyRoomIsInTheTable() throws IOException {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(WORKER + "."))
                        .map(name -> name.substring(WORKER.length() + 1).replaceAll("[.].*", ""))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(table().keySet());
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.foretell.(worker..)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void functionsAreFreeOfVertx() {
        noClasses()
                .that()
                .resideInAnyPackage(WORKER + ".function..", WORKER + ".loading")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(CLASSES);
    }

    @Test
    void theWorkerNeverKnowsTheRouter() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.foretell.router..")
                .check(CLASSES);
    }
}
