package dev.foretell.cli.options;

import dev.foretell.cli.client.RouterHttp;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options and streams that the commands of one group share: the router they call, and whether they print its JSON. */
public abstract class RouterCommandGroup {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterUrl router = new RouterUrl();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the router's JSON, for scripts.")
    private boolean json;

    public final RouterHttp router() {
        return router.open();
    }

    /** The router's token; empty for none. */
    public final String token() {
        return router.token();
    }

    public final boolean json() {
        return json;
    }

    public final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    public final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
