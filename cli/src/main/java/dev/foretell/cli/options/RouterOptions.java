package dev.foretell.cli.options;

import dev.foretell.cli.child.Launch;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.RouterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * A router's configuration on the command line: a flag overrides the environment, the environment overrides the file,
 * and the file overrides the defaults.
 */
public final class RouterOptions {
    private static final Set<String> SECRETS = ConfigLoader.secrets(RouterConfig.defaults());

    @Option(
            names = {"-c", "--config"},
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The configuration (default: conf/router.yaml beside the launcher, if it is there).")
    private @Nullable Path file;

    @Option(names = "--host", scope = ScopeType.INHERIT, description = "Where to listen (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", scope = ScopeType.INHERIT, description = "The port (default: 8000); 0 for a free one.")
    private @Nullable String port;

    @Option(
            names = "--redis",
            scope = ScopeType.INHERIT,
            paramLabel = "ADDRESS",
            description = "A Redis, as in redis://host:6379; without it the router starts its own.")
    private @Nullable String redis;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "The folder of the router's own Redis and of model files (default: data).")
    private @Nullable Path data;

    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "A file with the token for reading and changing state; without it: only from this machine.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--set",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY=VALUE",
            description =
                    "Any other setting, as in health.interval=5s; lists and maps as in retry.hedge-models=[AI/fib].")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** @throws dev.foretell.commons.config.ConfigException with every problem */
    public RouterConfig load() {
        return load(configFile().map(ConfigLoader::read).orElse(""));
    }

    /** The same while a router runs. An empty file is an error, because it is most likely being written. */
    public RouterConfig reload() {
        return load(configFile().map(ConfigLoader::readFilled).orElse(""));
    }

    private RouterConfig load(String yaml) {
        return flags().load(flags ->
                ConfigLoader.load(RouterConfig.defaults(), yaml, System.getenv(), flags, Variables::isKnown));
    }

    /** The same as arguments for another command of ours, without secrets. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        configFile().ifPresent(path -> arguments.addAll(List.of("-c", path.toString())));
        flags().values().forEach((key, value) -> {
            if (!SECRETS.contains(key)) {
                arguments.addAll(List.of("--set", key + "=" + value));
            }
        });
        return arguments;
    }

    /** The secrets as that command's environment, because {@code ps} shows arguments. */
    public void putSecrets(Map<String, String> environment) {
        flags().values().forEach((key, value) -> {
            if (SECRETS.contains(key)) {
                environment.remove(ConfigLoader.variable(key + "-file"));
                environment.put(ConfigLoader.variable(key), value);
            }
        });
    }

    private TypedSettings flags() {
        TypedSettings flags = new TypedSettings(settings);
        flags.put("http.host", "--host", host);
        flags.put("http.port", "--port", port);
        flags.put("redis.address", "--redis", redis);
        flags.put("redis.data", "--data", data);
        flags.put("http.token-file", "--token-file", tokenFile);
        return flags;
    }

    private Optional<Path> configFile() {
        return file != null
                ? Optional.of(file)
                : Launch.home().map(home -> home.resolve("conf/router.yaml")).filter(Files::exists);
    }
}
