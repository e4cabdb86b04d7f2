package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.terminal.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which calls a trained model gets. */
public final class ServeOptions {
    @Option(
            names = "--as",
            paramLabel = "ROLE",
            description = "staged gets no calls, canary a share, promote all (default: staged).")
    private @Nullable String as;

    @Option(names = "--weight", paramLabel = "PERCENT", description = "Of the calls, for a canary (default: 10).")
    private @Nullable Integer weight;

    @Option(
            names = "--if-better-on",
            paramLabel = "METRIC",
            description = "Register it only if it beats the version that serves, such as on accuracy.")
    private @Nullable String metric;

    @Option(
            names = "--ensemble",
            paramLabel = "NAME",
            description = "Of a search: all that it keeps (--keep) answer together under this name.")
    private @Nullable String ensemble;

    boolean isEmpty() {
        return as == null && weight == null && metric == null && ensemble == null;
    }

    /** The order's part for this model, as the router reads it. */
    public void addTo(ObjectNode order, String model) {
        ObjectNode serve = order.putObject("serve").put("model", model).put("as", as == null ? "staged" : as);
        if (weight != null) {
            serve.put("weight", weight);
        }
        if (metric != null) {
            serve.put("if-better-on", metric);
        }
        if (ensemble != null) {
            serve.put("ensemble", ensemble);
        }
    }

    /** {@code --promote} is short for {@code --as promote}. */
    void promote() {
        if (as != null && !as.equals("promote")) {
            throw CommandFailure.usage("--promote and --as " + as + " contradict each other");
        }
        as = "promote";
    }
}
