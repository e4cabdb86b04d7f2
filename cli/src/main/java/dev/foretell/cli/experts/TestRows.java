package dev.foretell.cli.experts;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The rows that all experts predict for. */
final class TestRows {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "{\"x\": [[0.1], [0.2]]}, - for stdin; without it, 100 random rows.")
    private @Nullable String file;

    ExpertsClient.Answers predict(ExpertsCommand experts) {
        return experts.experts().test(Samples.of(file), new TrainedFiles(experts.data()).read());
    }
}
