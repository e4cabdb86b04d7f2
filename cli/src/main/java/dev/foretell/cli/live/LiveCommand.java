package dev.foretell.cli.live;

import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.options.RouterUrl;
import dev.foretell.cli.terminal.CommandFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands share that look at a router every second. */
abstract class LiveCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterUrl router = new RouterUrl();

    @Option(names = "--json", description = "Print the router's JSON, for scripts.")
    private boolean json;

    private String trouble = "";

    final RouterHttp router() {
        return router.open();
    }

    final boolean json() {
        return json;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Looks again and again until the user interrupts it. A router that is away may come back. */
    final void repeat(Runnable look) {
        while (true) {
            try {
                look.run();
                trouble = "";
            } catch (CommandFailure failure) {
                tell(String.valueOf(failure.getMessage()));
            }
            pause();
        }
    }

    /** Each trouble once. */
    private void tell(String now) {
        if (!now.equals(trouble)) {
            spec.commandLine().getErr().println(now);
        }
        trouble = now;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of("interrupted");
        }
    }
}
