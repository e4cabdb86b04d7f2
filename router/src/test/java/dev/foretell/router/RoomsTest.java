package dev.foretell.router;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: the rooms of the router and what each may import. */
class RoomsTest {
    private static final String ROUTER = "dev.foretell.router";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.foretell");

    /** Each room with the rooms it may import; commons, edge and tracing stand for the whole of them. */
    private static final Map<String, List<String>> ROOMS = Map.ofEntries(
            Map.entry("balance", List.of()),
            Map.entry("routing", List.of("commons")),
            Map.entry("admission", List.of("commons")),
            Map.entry("retry", List.of("commons")),
            Map.entry("batch", List.of("commons")),
            Map.entry("counts", List.of("commons")),
            Map.entry("cache", List.of("upstream", "routing", "commons")),
            Map.entry("fallback", List.of("cache", "upstream", "commons")),
            Map.entry("upstream", List.of("balance", "routing", "commons")),
            Map.entry("health", List.of("upstream", "edge", "commons")),
            Map.entry("discovery", List.of("routing", "commons")),
            Map.entry(
                    "predict",
                    List.of(
                            "cache",
                            "fallback",
                            "admission",
                            "batch",
                            "retry",
                            "upstream",
                            "counts",
                            "tracing",
                            "commons")),
            Map.entry("models", List.of("predict", "admission", "routing", "upstream", "balance", "commons")),
            Map.entry("ensemble", List.of("predict", "routing", "upstream", "commons")),
            Map.entry("tasks", List.of("ensemble", "models", "predict", "commons")),
            Map.entry(
                    "metrics",
                    List.of(
                            "ensemble",
                            "models",
                            "tasks",
                            "predict",
                            "admission",
                            "counts",
                            "health",
                            "upstream",
                            "tracing",
                            "commons")),
            Map.entry("history", List.of("commons")),
            Map.entry("events", List.of("commons")),
            Map.entry(
                    "overview",
                    List.of("history", "events", "ensemble", "predict", "admission", "health", "upstream", "commons")),
            Map.entry("backup", List.of("store", "commons")),
            Map.entry(
                    "store",
                    List.of(
                            "routing",
                            "counts",
                            "health",
                            "discovery",
                            "models",
                            "ensemble",
                            "tasks",
                            "events",
                            "commons")),
            Map.entry(
                    "http",
                    List.of(
                            "predict",
                            "models",
                            "tasks",
                            "ensemble",
                            "routing",
                            "upstream",
                            "balance",
                            "health",
                            "counts",
                            "admission",
                            "metrics",
                            "history",
                            "events",
                            "overview",
                            "edge",
                            "commons")));

    static Stream<String> rooms() {
        return ROOMS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyTheRoomsItMay(String room) {
        String[] allowed = Stream.concat(Stream.of(room), ROOMS.getOrDefault(room, List.of()).stream())
                .map(RoomsTest::packageOf)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> mayBeKnown =
                resideInAnyPackage(allowed).or(not(resideInAPackage("dev.foretell..")));

        classes()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .onlyDependOnClassesThat(mayBeKnown)
                .check(CLASSES);
    }

    private static String packageOf(String room) {
        return Set.of("commons", "edge", "tracing").contains(room)
                ? "dev.foretell." + room + ".."
                : ROUTER + "." + room + "..";
    }

    @Test
    void everyRoomIsInTheTable() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(ROUTER + "."))
                        .map(name -> name.substring(ROUTER.length() + 1).replaceAll("[.].*", ""))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
    }

    @Test
    void balanceKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(ROUTER + ".balance")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", ROUTER + ".balance")
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.foretell.(**)").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.foretell.commons.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void thirdPartyTypesStayAtTheEdge() {
        onlyIn("io.vertx.ext.web..", resideInAPackage(ROUTER + ".http.."));
        onlyIn("org.redisson..", resideInAPackage(ROUTER + ".store.."));
        onlyIn("io.vertx.servicediscovery..", resideInAPackage(ROUTER + ".discovery"));
        onlyIn("io.vertx.circuitbreaker..", simpleName("EndpointBreaker"));
        onlyIn("com.netflix..", simpleName("AdaptiveLimit"));
        onlyIn("com.github.benmanes..", simpleName("ResponseCache"));
        onlyIn("io.micrometer..", resideInAPackage(ROUTER + ".metrics"));
        onlyIn("io.prometheus..", resideInAPackage(ROUTER + ".metrics"));
        onlyIn("redis.embedded..", resideInAPackage(ROUTER + ".store.embedded"));
    }

    private static void onlyIn(String thirdParty, DescribedPredicate<? super JavaClass> place) {
        noClasses()
                .that(not(place))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(thirdParty)
                .check(CLASSES);
    }

    @Test
    void commonsKnowsNeitherRouterNorWorkerNorVertx() {
        noClasses()
                .that()
                .resideInAPackage("dev.foretell.commons..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROUTER + "..", "dev.foretell.worker..", "io.vertx..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void theRouterKnowsNoWorker() {
        noClasses()
                .that()
                .resideInAPackage(ROUTER + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.foretell.worker..")
                .check(CLASSES);
    }
}
