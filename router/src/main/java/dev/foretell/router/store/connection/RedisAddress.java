package dev.foretell.router.store.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed Redis address.
 *
 * @param scheme {@code redis} or {@code rediss}
 * @param hosts each as {@code host:port}
 * @param master the name of the server in Sentinel; only used with Sentinel
 */
public record RedisAddress(Kind kind, String scheme, Login login, List<String> hosts, String master, int database) {
    /** What the server asks for; null for nothing. */
    record Login(@Nullable String user, @Nullable String password) {
        /** Without them. */
        @Override
        public String toString() {
            return "login";
        }
    }

    enum Kind {
        SINGLE,
        SENTINEL,
        CLUSTER
    }

    private static final Pattern SERVER =
            Pattern.compile("(?<scheme>rediss?)://(?:(?<user>[^:@/]*):(?<password>[^@/]*)@)?(?<host>" + hostPort()
                    + ")(?:/(?<db>\\d{1,3}))?");
    private static final Pattern SENTINEL = Pattern.compile("(?<scheme>rediss?)\\+sentinel://"
            + "(?:(?<user>[^:@/]*):(?<password>[^@/]*)@)?(?<host>" + hostPort() + "(?:," + hostPort() + ")*)"
            + "/(?<master>[A-Za-z0-9._-]+)(?:/(?<db>\\d{1,3}))?");
    private static final String FORMS = "address must be redis://[[user]:password@]host:port[/db] (rediss:// with TLS),"
            + " several of these with commas between them for a Cluster,"
            + " or redis+sentinel://[[user]:password@]host:port[,host:port]/master";

    public RedisAddress {
        hosts = List.copyOf(hosts);
    }

    public static RedisAddress ofEmbedded(int port, String password) {
        return new RedisAddress(Kind.SINGLE, "redis", new Login(null, password), List.of("127.0.0.1:" + port), "", 0);
    }

    /** @throws IllegalArgumentException with the allowed forms but without the address, which may contain a password */
    public static RedisAddress parse(String address) {
        Matcher sentinel = SENTINEL.matcher(address);
        if (sentinel.matches()) {
            return of(Kind.SENTINEL, sentinel, List.of(sentinel.group("host").split(",")), sentinel.group("master"));
        }
        List<Matcher> servers = Arrays.stream(address.split(","))
                .map(part -> SERVER.matcher(part.strip()))
                .toList();
        if (servers.isEmpty() || !servers.stream().allMatch(Matcher::matches)) {
            throw new IllegalArgumentException(FORMS);
        }
        List<String> hosts =
                servers.stream().map(server -> server.group("host")).toList();
        return of(hosts.size() == 1 ? Kind.SINGLE : Kind.CLUSTER, servers.get(0), hosts, "");
    }

    private static RedisAddress of(Kind kind, Matcher parts, List<String> hosts, String master) {
        String db = parts.group("db");
        return new RedisAddress(
                kind,
                parts.group("scheme"),
                new Login(decode(parts.group("user")), decode(parts.group("password"))),
                hosts,
                master,
                db == null ? 0 : Integer.parseInt(db));
    }

    private static @Nullable String decode(@Nullable String part) {
        return part == null || part.isEmpty()
                ? null
                : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String hostPort() {
        return "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}";
    }

    List<String> urls() {
        return hosts.stream().map(host -> scheme + "://" + host).toList();
    }

    public @Nullable String password() {
        return login.password();
    }

    /** The address without user and password. */
    @Override
    public String toString() {
        String where = String.join(",", hosts);
        return switch (kind) {
            case SINGLE -> where;
            case SENTINEL -> "sentinel " + master + " at " + where;
            case CLUSTER -> "cluster " + where;
        };
    }
}
