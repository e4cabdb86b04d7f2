package dev.foretell.cli.experts;

import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.options.RouterCommandGroup;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.wire.Experts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code foretell experts}: starts a discovery service and experts, and asks all experts at once. */
@Command(
        name = "experts",
        description = "Start a router and N experts, each a process with a free port and a folder of its own, until"
                + " Ctrl-C; or train, test and aggregate all experts.",
        subcommands = {ExpertsTrain.class, ExpertsTest.class, ExpertsAggregate.class},
        footer = {
            "%nExamples:",
            "  foretell experts 5",
            "  foretell experts 3 --router http://127.0.0.1:8000   at a router that runs",
            "  foretell experts 3 --router http://127.0.0.1:8000 --token-file token.txt",
            "  foretell experts train train.json",
            "  foretell experts aggregate test.json",
            Exit.HELP
        })
public final class ExpertsCommand extends RouterCommandGroup implements Callable<Integer> {
    private static final int MAX_EXPERTS = 100;
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "N", description = "How many experts to start.")
    private @Nullable Integer count;

    @Option(
            names = "--port",
            defaultValue = "8000",
            description = "The router's port (default: 8000); 0 for a free one.")
    private int port;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The folder of the router's state and of the experts' models (default: data).")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws Exception {
        int experts = requireCount();
        Thread starter = Thread.currentThread();
        AtomicBoolean isStarting = new AtomicBoolean(true);
        StopSignal stop = StopSignal.install(() -> {
            if (isStarting.get()) {
                starter.interrupt();
            }
        });
        try (ExpertProcesses processes = new ExpertProcesses(data)) {
            start(processes, experts);
            isStarting.set(false);
            stop.await();
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
        return Exit.OK;
    }

    private int requireCount() {
        if (count == null) {
            throw CommandFailure.usage(
                    "say how many experts to start, as in foretell experts 5, or what all are to do: train, test or"
                            + " aggregate");
        }
        if (count < 1 || count > MAX_EXPERTS) {
            throw CommandFailure.usage("N must be from 1 to " + MAX_EXPERTS);
        }
        if (port < 0 || port > 65_535) {
            throw CommandFailure.usage("--port must be from 0 to 65535");
        }
        return count;
    }

    private void start(ExpertProcesses processes, int experts) throws IOException, InterruptedException {
        boolean joins = spec.commandLine().getParseResult().hasMatchedOption("--router");
        String url = joins ? router().url() : processes.startDiscovery(port);
        out().println("discovery at " + url + Experts.PATH);
        processes
                .startExperts(experts, url, joins ? token() : "", this::tell)
                .forEach((id, expert) -> out().println("expert " + id + " at " + expert + "/" + Experts.TEST
                        + ", its models in " + ExpertProcesses.models(data, id)));
        out().println("listening on " + url + "/");
    }

    private void tell(String news) {
        out().println(news);
        out().flush();
    }

    Path data() {
        return data;
    }

    ExpertsClient experts() {
        return new ExpertsClient(router(), err());
    }
}
