package dev.foretell.cli;

import dev.foretell.cli.client.RouterHttp;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The option that says which router is spoken to. */
final class RouterUrl {
    @Option(
            names = "--router",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:FORETELL_ROUTER:-http://127.0.0.1:8000}",
            description = "The router; $FORETELL_ROUTER, else http://127.0.0.1:8000.")
    private String url = "";

    RouterHttp open() {
        return new RouterHttp(url);
    }
}
