package dev.foretell.router.store.embedded;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration file of the embedded server: loopback only, a password, and an append-only file that is flushed
 * every second.
 */
public record ServerConf(int port, String password) {
    private static final Pattern PORT = Pattern.compile("(?m)^port (\\d{1,5})$");
    private static final Pattern PASSWORD = Pattern.compile("(?m)^requirepass ([0-9a-f]{64})$");

    static String newPassword() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** Parses the file of an earlier router; empty if it is incomplete. */
    public static Optional<ServerConf> parse(String text) {
        Matcher port = PORT.matcher(text);
        Matcher password = PASSWORD.matcher(text);
        return port.find() && password.find()
                ? Optional.of(new ServerConf(Integer.parseInt(port.group(1)), password.group(1)))
                : Optional.empty();
    }

    String text(DataFolder folder) {
        return String.format(
                Locale.ROOT,
                """
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                dir %s
                pidfile %s
                daemonize no
                databases 1
                appendonly yes
                appendfsync everysec
                aof-load-truncated yes
                save ""
                maxmemory-policy noeviction
                loglevel notice
                logfile ""
                """,
                port,
                password,
                quote(folder.path(".").normalize()),
                quote(folder.path(DataFolder.PID)));
    }

    private static String quote(Object path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
