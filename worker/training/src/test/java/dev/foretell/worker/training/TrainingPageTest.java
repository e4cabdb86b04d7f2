package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.AlgorithmParameter;
import dev.foretell.commons.training.TrainingParameters;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.table.TableLimits;
import dev.foretell.worker.training.table.TargetKind;
import dev.foretell.worker.training.table.Words;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/training.md} says what the code does. */
class TrainingPageTest {
    private static final String ALGORITHMS =
            "| algorithm | for | parameter | default | from | to |\n|---|---|---|---|---|---|\n";

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "..", "docs", "training.md"));
    }

    @Test
    void itsTableHasTheAlgorithmsAndTheirParameters() throws IOException {
        StringBuilder table = new StringBuilder(ALGORITHMS);
        for (Algorithm algorithm : Algorithm.values()) {
            rows(algorithm).forEach(row -> table.append(row).append('\n'));
        }

        assertThat(page()).contains("\n" + table + "\n");
    }

    private static List<String> rows(Algorithm algorithm) {
        String first = "| `" + algorithm.word() + "` | " + kinds(algorithm) + " |";
        List<String> rows = new ArrayList<>();
        for (AlgorithmParameter parameter : algorithm.knownParameters()) {
            rows.add((rows.isEmpty() ? first : "| | |") + " `" + parameter.name() + "` | " + text(parameter.byDefault())
                    + " | " + text(parameter.least()) + " | " + text(parameter.most()) + " |");
        }
        return rows.isEmpty() ? List.of(first + " | | | |") : rows;
    }

    private static String kinds(Algorithm algorithm) {
        List<String> kinds = new ArrayList<>();
        for (TargetKind kind : TargetKind.values()) {
            if (algorithm.learns(kind)) {
                kinds.add(kind.name().toLowerCase(Locale.ROOT));
            }
        }
        return kinds.size() == TargetKind.values().length ? "both" : String.join(", ", kinds);
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    @Test
    void itHasEachParameterOfAnOrder() throws IOException {
        String refusal = catchThrowableOfType(
                        ServingException.class,
                        () -> TrainingParameters.of(
                                JsonNodeFactory.instance.objectNode().put("unheard-of", 1)))
                .detail();
        String known = refusal.substring(refusal.indexOf(", only ") + ", only ".length());

        assertThat(known).startsWith("target, algorithm, parameters");
        assertThat(page())
                .contains(List.of(known.split(", ")).stream()
                        .map(name -> "| `parameters." + name + "` |")
                        .toList());
    }

    @Test
    void itHasTheLimitsOfATableAndTheWordsForWhatIsMissing() throws IOException {
        TableLimits limits = TableLimits.DEFAULT;

        assertThat(page())
                .contains(String.format(
                        Locale.ROOT,
                        "at most %,d columns, %,d values, %,d characters in a line, %,d different texts in a column and %d classes",
                        limits.columns(),
                        limits.cells(),
                        limits.lineLength(),
                        limits.categories(),
                        limits.classes()))
                .contains(Words.MISSING.subList(1, Words.MISSING.size() - 1).stream()
                        .map(word -> "`" + word + "`")
                        .collect(Collectors.joining(", ")));
    }
}
