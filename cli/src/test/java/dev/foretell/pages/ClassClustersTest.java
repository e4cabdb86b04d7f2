package dev.foretell.pages;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Files that know each other in a ring have to be read together. Only those do that cannot live without each other: a sealed type
 * and its kinds, a command and its subcommands, and the ties below.
 */
class ClassClustersTest {
    private static final String FORETELL = "dev.foretell.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.foretell");

    /** Why one file may know another that knows it too, directly or by others. */
    private record Tie(String from, String to, String why) {}

    private static final List<Tie> TIES = List.of(
            new Tie("client.ClientBuilder", "client.ForetellClient", "a client offers the builder that makes it"),
            new Tie("commons.tensor.InferRequest", "commons.tensor.InferRequestReader", "a value that reads itself"),
            new Tie("commons.tensor.InferResponse", "commons.tensor.InferResponseWriter", "a value that writes itself"),
            new Tie("commons.wire.RoutingMap", "commons.wire.RoutingMapReader", "a value that reads itself"),
            new Tie("edge.BodyInflater", "edge.RequestDecoder", "it holds up the decoder that added it"),
            new Tie("router.admission.Permit", "router.admission.ModelLimiter", "it goes back to the limiter it is of"),
            new Tie(
                    "router.http.dashboard.StreamReader",
                    "router.http.dashboard.Streams",
                    "it leaves the set it is in"),
            new Tie(
                    "router.predict.EnsembleLookup",
                    "router.predict.PredictService",
                    "members are called as models are"),
            new Tie("router.predict.call.RouteTrace", "router.predict.call.PredictCall", "a trace looks at its call"),
            new Tie(
                    "router.upstream.connection.ConnectionOwner",
                    "router.upstream.connection.WorkerConnection",
                    "an owner is told which of its connections it is"),
            new Tie("router.upstream.pool.Endpoint", "router.upstream.pool.EndpointPool", "an endpoint is of one pool"),
            new Tie("router.upstream.pool.RefusalNotice", "router.upstream.pool.Endpoint", "it names its endpoint"),
            new Tie("worker.execution.FunctionCall", "worker.execution.CallThread", "a call interrupts its thread"),
            new Tie("worker.execution.FunctionCall", "worker.execution.CompletionQueue", "it arrives by its queue"),
            new Tie("worker.execution.FunctionCall", "worker.execution.FunctionExecutor", "it leaves its executor"),
            new Tie("worker.function.ServedFunction", "worker.function.RenamedFunction", "a function with a new name"),
            new Tie("worker.http.WorkerRoutes", "worker.http.WorkerServer", "a server's routes serve its functions"));

    private static final SliceAssignment FILES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(file(type));
        }

        @Override
        public String getDescription() {
            return "source files";
        }
    };

    private static String file(JavaClass type) {
        return type.getName().replaceFirst("[$\\[].*", "");
    }

    private static DescribedPredicate<JavaClass> isIn(String file) {
        return DescribedPredicate.describe("in " + file, type -> file(type).equals(file));
    }

    @Test
    void filesKnowEachOtherOnlyByTheirTies() {
        SliceRule rule = slices().assignedFrom(FILES).should().beFreeOfCycles();
        for (Tie tie : TIES) {
            rule = rule.ignoreDependency(isIn(FORETELL + tie.from()), isIn(FORETELL + tie.to()));
        }
        for (JavaClass type : CLASSES) {
            for (Class<?> child : children(type)) {
                rule = rule.ignoreDependency(isIn(file(type)), isIn(child.getName()));
            }
        }
        rule.check(CLASSES);
    }

    /** The permitted subtypes of a sealed type, and the subcommands of a command. */
    private static List<Class<?>> children(JavaClass type) {
        List<Class<?>> children = new ArrayList<>();
        type.tryGetAnnotationOfType(CommandLine.Command.class)
                .ifPresent(command -> children.addAll(List.of(command.subcommands())));
        if (type.getModifiers().contains(JavaModifier.ABSTRACT)) {
            Class<?>[] kinds = type.reflect().getPermittedSubclasses();
            children.addAll(kinds == null ? List.of() : List.of(kinds));
        }
        return children;
    }

    @Test
    void eachTieIsNeeded() {
        Map<String, Set<String>> known = CLASSES.stream()
                .collect(Collectors.groupingBy(
                        ClassClustersTest::file,
                        Collectors.flatMapping(
                                type -> type.getDirectDependenciesFromSelf().stream()
                                        .map(Dependency::getTargetClass)
                                        .map(ClassClustersTest::file),
                                Collectors.toSet())));

        assertThat(TIES)
                .allMatch(tie ->
                        known.getOrDefault(FORETELL + tie.from(), Set.of()).contains(FORETELL + tie.to()))
                .allMatch(tie -> reaches(FORETELL + tie.to(), FORETELL + tie.from(), known));
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> known) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(Set.of(from));
        while (!next.isEmpty()) {
            known.getOrDefault(next.remove(), Set.of()).stream()
                    .filter(seen::add)
                    .forEach(next::add);
        }
        return seen.contains(to);
    }
}
