package dev.foretell.cli.options;

import dev.foretell.cli.client.RouterHttp;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options for the router's URL and token. */
public final class RouterUrl {
    @Option(
            names = "--router",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:FORETELL_ROUTER:-http://127.0.0.1:8000}",
            description = {"The router; $FORETELL_ROUTER, else", "http://127.0.0.1:8000."})
    private String url = "";

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            description = "The router's token (its http.token), which ps shows: better in a file, or $FORETELL_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "A file with the token; $FORETELL_TOKEN_FILE.")
    private @Nullable String tokenFile;

    public RouterHttp open() {
        return new RouterHttp(url, token());
    }

    /** The token that was told; empty for none. */
    public String token() {
        return RouterToken.of(token, tokenFile, System.getenv());
    }
}
