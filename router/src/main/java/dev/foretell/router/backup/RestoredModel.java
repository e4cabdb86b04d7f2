package dev.foretell.router.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipFile;

/** A model file on its way from a backup into the folder of the model files, where nobody sees half of it. */
final class RestoredModel {
    private RestoredModel() {}

    /** The file, if it was not there whole already. */
    static Optional<Path> bring(ZipFile zip, String entry, Path to) throws IOException {
        String digest = to.getFileName().toString();
        if (Files.isRegularFile(to) && Digests.of(to).sha256().equals(digest)) {
            return Optional.empty();
        }
        Path incoming = Files.createDirectories(to.resolveSibling("incoming"));
        Path part = incoming.resolve(UUID.randomUUID() + ".part");
        try {
            copy(zip, entry, part);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(to);
        } finally {
            part.toFile().delete();
        }
    }

    private static void copy(ZipFile zip, String entry, Path part) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(entry));
                FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true);
        }
    }
}
