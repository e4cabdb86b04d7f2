package dev.foretell.cli.client;

import dev.foretell.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that a router keeps.
 *
 * @param path of its URL
 * @param digest its SHA-256
 */
public record FileDownload(String path, long bytes, String digest) {
    /**
     * Where it goes.
     *
     * @param output a file or a folder as the user named it; null for the own name in the current folder
     * @throws CommandFailure if there is no such folder
     */
    public static Path target(@Nullable Path output, String ownName) {
        if (output != null && output.getParent() != null && !Files.isDirectory(output.getParent())) {
            throw CommandFailure.usage("there is no folder " + output.getParent() + "; create it first");
        }
        if (output == null) {
            return Path.of(ownName);
        }
        return Files.isDirectory(output) ? output.resolve(ownName) : output;
    }

    /**
     * Writes the file completely or not at all.
     *
     * @throws CommandFailure if it cannot be had or written, or its digest differs
     */
    public void write(RouterHttp router, Path to) {
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            router.download(path, part, FileUpload.patience(bytes)).orFail();
            if (!FileDigest.of(part).equals(digest)) {
                throw CommandFailure.of("the downloaded file is damaged: its digest differs");
            }
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailure.of("cannot write " + to);
        } finally {
            part.toFile().delete();
        }
    }
}
