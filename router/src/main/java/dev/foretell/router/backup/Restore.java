package dev.foretell.router.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.store.RestoredFolder;
import dev.foretell.router.store.SavedState;
import dev.foretell.router.store.StoredKey;
import dev.foretell.router.store.connection.StoreConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Restores a backup into a data folder, or into a Redis and a models folder, completely or not at all. It checks
 * everything before it changes anything. Blocking.
 *
 * @param models the folder of the model files
 */
public record Restore(StoreConfig redis, Path models) {
    /**
     * The result of a restore.
     *
     * @param missing digests of model files that are not in the backup
     */
    public record Done(Summary summary, String created, int files, List<String> missing) {}

    /**
     * @param replace whether to replace an existing state
     * @throws BackupException if the backup is damaged or the target is not allowed
     * @throws dev.foretell.router.store.embedded.StoreStartException if a router runs there, or Redis or the folder
     *     cannot be used
     */
    public Done read(Path backup, boolean replace) {
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            Manifest manifest = manifest(zip, backup);
            requireWhole(zip, Manifest.STATE, manifest.files().get(Manifest.STATE), backup);
            manifest.files().forEach((name, content) -> requireWhole(zip, name, content, backup));
            if (redis.address() == null) {
                intoFolder(zip, manifest, replace);
            } else {
                intoRedis(zip, manifest, replace);
            }
            return new Done(
                    manifest.summary(), manifest.created(), manifest.files().size() - 1, manifest.missing());
        } catch (NoSuchFileException e) {
            throw new BackupException("there is no file " + backup);
        } catch (ZipException e) {
            throw new BackupException(backup + " is not a backup, or is truncated: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new BackupException("cannot restore " + backup + ": " + e.getMessage());
        } catch (IOException e) {
            throw BackupException.onDisk("restore", backup, e);
        }
    }

    private static Manifest manifest(ZipFile zip, Path backup) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null || entry.getSize() > 1 << 28) {
            throw new BackupException(backup + " is not a backup: it has no " + Manifest.ENTRY);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            JsonNode tree = Json.MAPPER.readTree(in);
            int format = tree.path("format").asInt();
            if (format < 1 || format > Manifest.FORMAT) {
                throw new BackupException(
                        backup + " has format " + format + "; this version of foretell reads formats up to "
                                + Manifest.FORMAT + ", a newer version reads it");
            }
            return Json.MAPPER.treeToValue(tree, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new BackupException(backup + " is damaged: its " + Manifest.ENTRY + " cannot be read");
        }
    }

    private static void requireWhole(ZipFile zip, String name, Manifest.@Nullable Content announced, Path backup) {
        boolean isKnown = name.equals(Manifest.STATE) || name.matches("models/[0-9a-f]{64}");
        Manifest.Content found = content(zip, name);
        if (!isKnown || !found.equals(announced) || !isNamedRightly(name, found)) {
            throw new BackupException(
                    backup + " is damaged: " + name + " has changed since the backup; nothing was restored");
        }
    }

    private static boolean isNamedRightly(String name, Manifest.Content content) {
        return name.equals(Manifest.STATE) || name.endsWith("/" + content.sha256());
    }

    private static Manifest.Content content(ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return new Manifest.Content(-1, "");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return Digests.copy(in, OutputStream.nullOutputStream());
        } catch (IOException damaged) {
            return new Manifest.Content(-1, "");
        }
    }

    private void intoFolder(ZipFile zip, Manifest manifest, boolean replace) throws IOException {
        try (RestoredFolder folder = RestoredFolder.open(redis.data(), replace)) {
            withState(zip, state -> folder.write(redis, state));
            withModels(zip, manifest, folder::putInPlace);
        }
    }

    private void intoRedis(ZipFile zip, Manifest manifest, boolean replace) throws IOException {
        try (SavedState there = SavedState.open(redis)) {
            if (there.listeners() > 0) {
                throw new BackupException("routers use this Redis; stop them first, then restore");
            }
            Set<String> names = there.names();
            if (!replace && !names.isEmpty()) {
                throw new BackupException("this Redis already has a state (prefix " + redis.keyPrefix()
                        + "); set another redis.key-prefix, or replace it with --replace");
            }
            withModels(zip, manifest, () -> withState(zip, there::replace));
        }
    }

    private static void withState(ZipFile zip, Consumer<Iterable<StoredKey>> step) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(zip.getInputStream(zip.getEntry(Manifest.STATE)), StandardCharsets.UTF_8))) {
            step.accept(StateLines.read(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Model files are known by their content: they are brought first, and taken back if the state does not follow. */
    private void withModels(ZipFile zip, Manifest manifest, Runnable step) throws IOException {
        Map<String, String> digests = manifest.files().keySet().stream()
                .filter(name -> name.startsWith(Manifest.MODELS))
                .collect(Collectors.toMap(name -> name, name -> name.substring(Manifest.MODELS.length())));
        List<Path> added = new ArrayList<>();
        try {
            for (Map.Entry<String, String> model : digests.entrySet()) {
                RestoredModel.bring(zip, model.getKey(), models.resolve(model.getValue()))
                        .ifPresent(added::add);
            }
            step.run();
        } catch (IOException | RuntimeException e) {
            added.forEach(file -> file.toFile().delete());
            throw e;
        }
    }
}
