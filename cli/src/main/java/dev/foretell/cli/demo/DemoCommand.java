package dev.foretell.cli.demo;

import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foretell demo}: a router, two workers, two model hosts, and a tour of calls on one machine. */
@Command(
        name = "demo",
        description = "Start a router, two workers and two model hosts, and show step by step what Foretell does.",
        footer = {
            "%nEach step prints the request as a curl command, the response, and whether it is correct.",
            "%nExamples:",
            "  foretell demo                                  stays up until Ctrl-C",
            "  foretell demo --port 0                           on a free port",
            "  foretell demo --once                           ends after the tour",
            Exit.HELP
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--once", description = "End after the tour.")
    private boolean once;

    @Option(
            names = "--port",
            defaultValue = "8000",
            description = "The router's port (default: 8000); 0 for a free one.")
    private int port;

    @Override
    public Integer call() throws Exception {
        requireFree();
        PrintWriter out = spec.commandLine().getOut();
        Thread tourist = Thread.currentThread();
        AtomicBoolean touring = new AtomicBoolean(true);
        StopSignal stop = StopSignal.install(() -> {
            if (touring.get()) {
                tourist.interrupt();
            }
        });
        try (DemoProcesses cast = new DemoProcesses()) {
            out.println("Starting a router, two workers and two model hosts …");
            cast.start(port);
            boolean held = new Tour(cast, new DemoOutput(out)).run();
            touring.set(false);
            if (!once) {
                out.println(NextSteps.of(cast));
                stop.await();
            }
            return held ? Exit.OK : Exit.FAILED;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    /** The router would report this too, but with another command's option. */
    private void requireFree() {
        if (port < 0 || port > 65_535) {
            throw CommandFailure.usage("--port must be from 0 to 65535");
        }
        try {
            new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
        } catch (IOException e) {
            throw CommandFailure.of(
                    "port " + port + " of 127.0.0.1 is taken; run foretell demo --port 0 for a free one");
        }
    }
}
