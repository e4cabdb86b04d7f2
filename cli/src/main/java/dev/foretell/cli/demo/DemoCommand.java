package dev.foretell.cli.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code foretell demo}: everything on one machine, explained. */
@Command(name = "demo", description = "Everything on this machine, explained.")
public final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
