package dev.foretell.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.ProgressBar;
import dev.foretell.cli.terminal.TerminalOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foretell top}: the router at one glance, every second. */
@Command(
        name = "top",
        description = "Show a router at one glance: its calls, what is wrong, and its models.",
        footer = {
            "%nExamples:",
            "  foretell top",
            "  foretell top --search AI/iris",
            "  foretell top --once --json",
            Exit.HELP
        })
public final class TopCommand extends LiveCommand {
    @Option(names = "--once", description = "Print it once.")
    private boolean once;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only models with this text in their names.")
    private String search = "";

    @Override
    public Integer call() {
        RouterHttp router = router();
        if (once) {
            show(router);
        } else {
            repeat(() -> show(router));
        }
        return Exit.OK;
    }

    private void show(RouterHttp router) {
        JsonNode overview = router.get("/v1/dashboard/overview").orFail().json();
        if (json()) {
            out().println(overview);
        } else {
            String text = new TopText(overview, TopText.models(router, search)).toString();
            if (!once && ProgressBar.isTerminal()) {
                TerminalOutput.clearScreen(out());
            }
            out().println(text);
        }
        out().flush();
    }
}
