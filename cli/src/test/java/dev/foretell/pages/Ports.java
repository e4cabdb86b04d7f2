package dev.foretell.pages;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The ports that a page writes, and the free ones that its servers have. */
final class Ports {
    private static final Pattern BIND = Pattern.compile("(-b \\S+:|--port )(\\d+)");
    private static final Pattern WRITTEN = Pattern.compile("\\b(8\\d{3}|9\\d{3})\\b");
    static final String ROUTER = "8000";

    private final Map<String, String> actual = new TreeMap<>();

    /** The port that a server's command asks for, as the page writes it. */
    static String written(String command) {
        return BIND.matcher(command)
                .results()
                .map(bind -> bind.group(2))
                .findFirst()
                .orElse(Server.isRouter(command) ? ROUTER : "0");
    }

    /** The command that starts a router in the background, at a free port. */
    static String background(String command) {
        return command.replaceFirst("router start", "router start --port 0");
    }

    /** The command with a free port in place of its own. */
    String free(String command) {
        String free = BIND.matcher(command).replaceAll("$10");
        boolean needsFlag = Server.isRouter(command) && free.equals(command);
        return replace(needsFlag ? command.replaceFirst("(router|experts \\d+)", "$1 --port 0") : free);
    }

    void put(String written, int port) {
        actual.put(written, String.valueOf(port));
    }

    /** A text with each port that the page writes as it is here. */
    String replace(String text) {
        return WRITTEN.matcher(text).replaceAll(this::actual);
    }

    private String actual(MatchResult written) {
        return actual.getOrDefault(written.group(), written.group());
    }

    /** The URL of the page's router. */
    String router() {
        return "http://127.0.0.1:" + actual.getOrDefault(ROUTER, ROUTER);
    }
}
