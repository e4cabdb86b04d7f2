package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Redis files in a data folder: whether the server can read them, and what to do if it cannot. */
public final class StoredFiles {
    public static final String ONE_FILE = "appendonly.aof";
    public static final String MANY_FILES = "appendonlydir";

    /** Exists while a restore puts its files into place. */
    public static final String HALF_RESTORED = "restore.unfinished";

    private static final Logger LOG = LoggerFactory.getLogger(StoredFiles.class);
    private static final Pattern SNAPSHOT = Pattern.compile("REDIS(\\d{4})");

    /** The newest snapshot format that Redis 6.2 reads. */
    private static final int FORMAT_OF_6 = 9;

    private static final Pattern DAMAGED = Pattern.compile(
            "Bad file format reading the append only file|Unexpected end of file reading the append only"
                    + " file|RDB preamble|Short read or OOM|Internal error in RDB|Wrong signature|CRC error|Unknown RDB"
                    + "|Unrecoverable error reading the append only|base file .*(missing|not exist)|is missing"
                    + "|Invalid AOF manifest|AOF loading aborted|\\[offset \\d+] (Unexpected|Invalid|Wrong)|RDB"
                    + " ERROR DETECTED");

    private StoredFiles() {}

    /** @throws StoreStartException if a newer server wrote them: an older one would start empty, or end at once */
    static void requireReadable(DataFolder folder, ServerBinary binary) {
        if (Files.exists(folder.path(HALF_RESTORED))) {
            throw new StoreStartException("a restore into " + folder + " was interrupted; run it again: foretell state"
                    + " restore FILE --data " + folder + " --replace");
        }
        boolean many = Files.isDirectory(folder.path(MANY_FILES));
        int format = format(folder.path(ONE_FILE));
        if (!binary.writesManyFiles() && (many || format > FORMAT_OF_6)) {
            throw new StoreStartException(newer(folder, binary, "Redis 7 or newer"));
        }
        if (!exist(folder.path())) {
            LOG.info("The data folder {} has no state yet: the router starts with an empty one", folder);
        }
    }

    /** Whether a server has stored anything there. */
    public static boolean exist(Path folder) {
        return Files.isDirectory(folder.resolve(MANY_FILES)) || !isEmpty(folder.resolve(ONE_FILE));
    }

    private static boolean isEmpty(Path file) {
        return file.toFile().length() == 0;
    }

    /** The snapshot format at the start of the file; 0 without a snapshot. */
    private static int format(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Matcher head = SNAPSHOT.matcher(new String(in.readNBytes(9), StandardCharsets.ISO_8859_1));
            return head.matches() ? Integer.parseInt(head.group(1)) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new StoreStartException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String newer(DataFolder folder, ServerBinary binary, String by) {
        return "the state in " + folder + " was written by " + by + ", which Redis " + binary.version() + " ("
                + binary.command()
                + ") cannot read. To keep using it, name the newer server: redis.server: redis-server"
                + " (or its path). To return to the older one: set redis.server, run foretell state backup"
                + " FILE, and restore"
                + " FILE into another folder without that setting";
    }

    /** Why the server did not start, if its files are the reason, and the way out. */
    static StoreStartException explain(DataFolder folder, ServerBinary binary, IOException failure) {
        String given = String.valueOf(failure.getMessage());
        if (given.contains("Can't handle RDB format version")) {
            return new StoreStartException(newer(folder, binary, "a newer Redis"), failure);
        }
        if (DAMAGED.matcher(given).find()) {
            return new StoreStartException(describeDamage(folder, given), failure);
        }
        return new StoreStartException("Redis (" + binary.command() + ") does not start: " + given, failure);
    }

    private static String describeDamage(DataFolder folder, String given) {
        String reason = given.lines()
                .filter(line -> DAMAGED.matcher(line).find())
                .findFirst()
                .orElse("")
                .replaceFirst("^.* # ", "")
                .replaceFirst(": make a backup.*", "")
                .strip();
        String file = Files.isDirectory(folder.path(MANY_FILES)) ? MANY_FILES : ONE_FILE;
        return "the state in " + folder + " is damaged; the router has not changed it. Restore a backup: foretell state"
                + " restore FILE --data " + folder + " --replace. Without one: keep a copy of " + folder.path(file)
                + ", then cut it off at the damage with redis-check-aof --fix, or move it away to start with an"
                + " empty state."
                + " Redis says: " + reason;
    }
}
