package dev.foretell.router.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.router.store.RestoredFolder;
import dev.foretell.router.store.SavedState;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.store.StoredKey;
import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.StoreStartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-31T12:00:00.5Z"), ZoneOffset.UTC);
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** With bytes that are no text, and more items than one line of a backup, or one step of a restore, has. */
    private static final List<StoredKey> STATE = List.of(
            new StoredKey(
                    "counts",
                    "hash",
                    Stream.iterate(0, i -> i < 5_000, i -> i + 1)
                            .map(String::valueOf)
                            .toList()),
            new StoredKey("leases", "zset", List.of("AI/fib/localhost-1-0", "1700000000000")),
            new StoredKey("map", "hash", List.of("AI/fib", """
                    [{"host": "a"}, {"host": "b"}]""")),
            new StoredKey("models", "hash", List.of("iris", """
                    {"versions": {"1": {"digest": "%s"}}}""".formatted(ABC))),
            new StoredKey("odd", "string", List.of("\u00ff\u0000\u00c3")),
            new StoredKey("revision", "string", List.of("41")));

    private static final String WORDS =
            "1 model with 2 workers in the routing table (revision 41), 1 registered model with 1 version";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<StateStore> stores = new ArrayList<>();

    @BeforeEach
    void aFolderWithAStateAndAFile() throws IOException {
        try (RestoredFolder fresh = RestoredFolder.open(data("one"), false)) {
            fresh.write(config("one"), STATE);
            fresh.putInPlace();
        }
        Files.createDirectories(models("one"));
        Files.writeString(models("one").resolve(ABC), "abc");
    }

    @AfterEach
    void close() {
        stores.forEach(store -> await(store.close()));
        await(vertx.close());
    }

    @Test
    void bringsBackWhatAStoppedRouterHad() throws IOException {
        Backup.Made made = backup("one").write(folder);

        assertThat(made.file()).isEqualTo(folder.resolve("foretell-20260131-120000.zip"));
        assertThat(made.summary()).hasToString(WORDS);
        assertThat(made.missing()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.file())))
                .isEqualTo("rw-------");
        Restore.Done done = restore("two").read(made.file(), false);
        assertThat(done.summary()).hasToString(WORDS);
        assertThat(done.created()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(done.files()).isEqualTo(1);
        assertThat(read("two")).containsExactlyElementsOf(sorted(STATE));
        assertThat(models("two").resolve(ABC)).hasContent("abc");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(data("two")).isDirectoryNotContaining("glob:**restore-*");
    }

    @Test
    void bringsBackWhatARunningRouterHas() {
        run("one");

        Backup.Made made = backup("one").write(folder.resolve("state.zip"));

        restore("two").read(made.file(), false);
        assertThat(read("two")).containsExactlyElementsOf(sorted(STATE));
    }

    @Test
    void goesIntoNoFolderOfARunningRouter() {
        Path file = backup("one").write(folder).file();
        run("one");

        assertThatThrownBy(() -> restore("one").read(file, true))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("is in use by another router");
    }

    @Test
    void goesWhereThereIsAStateOnlyWhenTold() {
        Path full = backup("one").write(folder.resolve("full.zip")).file();
        write("two", List.of(new StoredKey("map", "hash", List.of("AI/other", "[]"))));

        assertThatThrownBy(() -> restore("two").read(full, false))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("is not empty (appendonly.aof)")
                .hasMessageContaining("--replace");
        assertThat(read("two")).hasSize(1);

        restore("two").read(full, true);
        assertThat(read("two")).containsExactlyElementsOf(sorted(STATE));
    }

    @Test
    void whatIsDamagedIsRefusedAndNothingIsTouched() throws IOException {
        Path file = backup("one").write(folder).file();
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {60, bytes.length / 2}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x55;
            Files.write(file, damaged);

            assertThatThrownBy(() -> restore("two").read(file, false))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
        assertThatThrownBy(() -> restore("two").read(file, false))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is not a backup, or is truncated");
        assertThat(data("two")).doesNotExist();
    }

    @Test
    void overwritesNoFile() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), "mine");

        assertThatThrownBy(() -> backup("one").write(file)).hasMessageContaining("exists already");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFolderThatIsNotThereDoesNotBecomeAFile() {
        Path none = folder.resolve("backups");

        assertThatThrownBy(() -> backup("one").write(none))
                .isInstanceOf(BackupException.class)
                .hasMessage("there is no folder " + none + "; create it first, or name a file that ends in .zip");
        assertThatThrownBy(() -> backup("one").write(none.resolve("state.zip")))
                .isInstanceOf(BackupException.class)
                .hasMessage("there is no folder " + none + " for state.zip; create it first");
        assertThat(none).doesNotExist();
    }

    @Test
    void namesTheFilesThatItIsWithout() throws IOException {
        Files.writeString(models("one").resolve(ABC), "abd");

        Backup.Made made = backup("one").write(folder);

        assertThat(made.missing()).containsExactly(ABC);
        assertThat(restore("two").read(made.file(), false).missing()).containsExactly(ABC);
        assertThat(models("two").resolve(ABC)).doesNotExist();
    }

    @Test
    void findsNoStateWhereThereIsNone() {
        assertThatThrownBy(() -> backup("none").write(folder))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("there is no state in the data folder " + data("none"));
        assertThat(data("none")).doesNotExist();
    }

    @Test
    void goesFromOneRedisToAnother() throws IOException {
        run("one");
        StateStore there = run("two");
        Restore restore = new Restore(address("two"), models("two"));

        Path file = new Backup(address("one"), models("one"), NOON)
                .write(folder.resolve("state.zip"))
                .file();
        restore.read(file, false);
        assertThatThrownBy(() -> restore.read(file, false))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("this Redis already has a state (prefix foretell)");
        restore.read(file, true);

        try (SavedState saved = SavedState.open(address("two"))) {
            assertThat(sorted(saved.read())).containsExactlyElementsOf(sorted(STATE));
        }
        there.routing().listen(change -> {});
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> restore.read(file, true))
                        .hasMessageContaining("routers use this Redis; stop them first"));
    }

    private void write(String name, List<StoredKey> state) {
        try (RestoredFolder fresh = RestoredFolder.open(data(name), false)) {
            fresh.write(config(name), state);
            fresh.putInPlace();
        }
    }

    private List<StoredKey> read(String name) {
        try (SavedState saved = SavedState.open(config(name))) {
            return sorted(saved.read());
        }
    }

    /** The fields of a hash have no order. */
    private static List<StoredKey> sorted(List<StoredKey> state) {
        return state.stream()
                .map(key -> key.items().size() > 2
                        ? new StoredKey(
                                key.name(),
                                key.type(),
                                key.items().stream().sorted().toList())
                        : key)
                .toList();
    }

    private StateStore run(String name) {
        StateStore store = await(StateStore.open(vertx, config(name)));
        stores.add(store);
        return store;
    }

    private Backup backup(String name) {
        return new Backup(config(name), models(name), NOON);
    }

    private Restore restore(String name) {
        return new Restore(config(name), models(name));
    }

    private StoreConfig config(String name) {
        return new StoreConfig(null, data(name), null, "foretell", Duration.ofSeconds(10));
    }

    /** A Redis that is somebody's own to this test. */
    private StoreConfig address(String name) throws IOException {
        String conf = Files.readString(data(name).resolve("redis.conf"));
        String address = "redis://:" + word(conf, "requirepass") + "@127.0.0.1:" + word(conf, "port");
        return new StoreConfig(address, data(name), null, "foretell", Duration.ofSeconds(10));
    }

    private static String word(String conf, String key) {
        return conf.lines()
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 1);
    }

    private Path data(String name) {
        return folder.resolve(name);
    }

    private Path models(String name) {
        return data(name).resolve("models");
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
