package dev.foretell.cli.options;

import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.worker.http.HttpConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that a worker and a model host share: flags over environment over file over defaults. */
public final class ServingOptions {
    @Option(
            names = "--router",
            paramLabel = "URL[,URL…]",
            description = "The router to register with; others that share its state stand in for it.")
    private List<String> routers = new ArrayList<>();

    @Option(
            names = {"-b", "--bind"},
            paramLabel = "HOST:PORT",
            description = {
                "Where to listen; port 0 is a free one. Default: a worker at",
                "127.0.0.1:9001, a host at a free port of 127.0.0.1."
            })
    private @Nullable String bind;

    @Option(names = "--token", description = "Callers must send it as 'Authorization: Token …'; ps shows it.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with this token.")
    private @Nullable String tokenFile;

    @Option(
            names = "--router-token-file",
            paramLabel = "FILE",
            description = "The file with the router's own token; $FORETELL_TOKEN_FILE, $FORETELL_TOKEN.")
    private @Nullable String routerTokenFile;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration like conf/${COMMAND-NAME}.yaml.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any other setting, as in execution.threads=8.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--exit-with-parent", hidden = true, description = "End when stdin does.")
    private boolean exitWithParent;

    /** What was typed; a command adds what only it has. */
    public TypedSettings flags() {
        TypedSettings flags = new TypedSettings(settings);
        BindAddress.addTo(flags, bind);
        flags.put("registration.router", "--router", routers.isEmpty() ? null : String.join(",", routers));
        flags.put("http.token", "--token", token);
        flags.put("http.token-file", "--token-file", tokenFile);
        flags.put("registration.key-file", "--router-token-file", routerTokenFile);
        RouterToken.addTo(flags.values(), System.getenv());
        return flags;
    }

    /** @throws dev.foretell.commons.config.ConfigException naming every problem */
    public <T extends Record> T load(T defaults, TypedSettings flags) {
        String yaml = file == null ? "" : ConfigLoader.read(file);
        return flags.load(values -> ConfigLoader.load(defaults, yaml, System.getenv(), values, Variables::isKnown));
    }

    /** Told by the operating system, and by the parent's end where that is wanted. */
    public StopSignal stopSignal() {
        StopSignal stop = StopSignal.install();
        if (exitWithParent) {
            stop.followParent();
        }
        return stop;
    }

    /** Why nothing can listen where it should, and what to do. */
    public static CommandFailure cannotListen(IOException failure, HttpConfig.Listener where) {
        return CommandFailure.of(ListenUrl.reason(failure, where.host(), where.port(), "-b HOST:PORT"));
    }
}
