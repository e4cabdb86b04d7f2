package dev.foretell.router.store.embedded;

import dev.foretell.router.store.embedded.FolderIdentity.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data folder that is a copy of another one, in which a router ran.
 *
 * @param from where the other one was
 */
public record CopiedFolder(Path folder, String from) {
    /** Whether a folder is one; only as long as no router of its own has started in it, which makes it a folder of its own. */
    public static Optional<CopiedFolder> look(Path data) {
        try {
            Path folder = data.toRealPath();
            FolderIdentity now = FolderIdentity.of(folder);
            return FolderIdentity.parse(Files.readString(folder.resolve(FolderIdentity.FILE)))
                    .filter(earlier -> now.since(earlier) == Origin.COPY)
                    .map(earlier -> new CopiedFolder(folder, earlier.path()));
        } catch (IOException nothingRanThere) {
            return Optional.empty();
        }
    }

    /** What there is to know about it, in a sentence. */
    @Override
    public String toString() {
        return folder.toString().equals(from)
                ? "The data folder " + folder
                        + " is a copy of the one that was here before; it starts as itself, with the"
                        + " state in it and a Redis of its own"
                : "The data folder " + folder + " is a copy of " + from
                        + "; it starts as itself, with the state in it and"
                        + " a Redis of its own: what changes at one does not at the other";
    }
}
