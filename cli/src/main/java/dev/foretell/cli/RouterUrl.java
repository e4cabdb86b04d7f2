package dev.foretell.cli;

import dev.foretell.cli.client.RouterHttp;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which router is spoken to, and with what right. */
final class RouterUrl {
    @Option(
            names = "--router",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:FORETELL_ROUTER:-http://127.0.0.1:8000}",
            description = "The router; $FORETELL_ROUTER, else http://127.0.0.1:8000.")
    private String url = "";

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            defaultValue = "${env:FORETELL_TOKEN:-}",
            description = "What the router wants of who changes things (its http.token); better in $FORETELL_TOKEN.")
    private String token = "";

    RouterHttp open() {
        return new RouterHttp(url, token);
    }
}
