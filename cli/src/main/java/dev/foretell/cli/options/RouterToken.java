package dev.foretell.cli.options;

import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.config.SecretFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The router's token: as a flag, in a file, or in the environment; {@code ps} does not show the last two. */
public final class RouterToken {
    public static final String VARIABLE = "FORETELL_TOKEN";
    static final String FILE_VARIABLE = "FORETELL_TOKEN_FILE";

    private static final String KEY = "registration.key";
    private static final String KEY_VARIABLE = "FORETELL_REGISTRATION_KEY";

    private RouterToken() {}

    /** The one in a file, or the environment's; empty for none. */
    public static String of(@Nullable String file, Map<String, String> environment) {
        return of(null, file, environment);
    }

    /** Empty without a token; flags have precedence. */
    static String of(@Nullable String direct, @Nullable String file, Map<String, String> environment) {
        if (direct != null && file != null) {
            throw CommandFailure.usage("only one of --token and --token-file may be given");
        }
        if (direct != null) {
            return direct;
        }
        return file != null ? read("--token-file", file) : ofEnvironment(environment);
    }

    private static String ofEnvironment(Map<String, String> environment) {
        String direct = environment.getOrDefault(VARIABLE, "");
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        if (!direct.isEmpty() && !file.isEmpty()) {
            throw CommandFailure.usage("only one of $" + VARIABLE + " and $" + FILE_VARIABLE + " may be set");
        }
        return file.isEmpty() ? direct : read("$" + FILE_VARIABLE, file);
    }

    private static String read(String where, String file) {
        try {
            return SecretFile.read(file);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(where + ": " + e.getMessage());
        }
    }

    /** Makes a worker or host register with the token of the environment, unless its own settings have one. */
    public static void addTo(Map<String, String> flags, Map<String, String> environment) {
        boolean set = flags.containsKey(KEY)
                || flags.containsKey(KEY + "-file")
                || environment.containsKey(KEY_VARIABLE)
                || environment.containsKey(KEY_VARIABLE + "_FILE");
        String token = set ? "" : ofEnvironment(environment);
        if (!token.isEmpty()) {
            flags.put(KEY, token);
        }
    }
}
