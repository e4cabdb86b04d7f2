package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What tells a data folder from its copies: written into it at each start, compared at the next. A folder keeps its inode
 * when it is renamed or mounted elsewhere, and a copy beside it has another. The number of a device may change with a boot
 * of the machine; within one boot it tells the clone of a whole disk.
 *
 * @param id made up once, for people and logs
 * @param boot of the machine; empty where the system does not say
 */
public record FolderIdentity(String id, String path, String inode, String device, String boot) {
    public static final String FILE = "folder.identity";

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** What a folder is by what stands in its identity. */
    enum Origin {
        /** No router that writes identities has run there. */
        UNKNOWN,
        /** The one where the router ran before. */
        SAME,
        /** The same under another name. */
        MOVED,
        /** A copy of the one where the router ran. */
        COPY
    }

    /** A new identity for the folder as it is now. */
    static FolderIdentity of(Path folder) throws IOException {
        boolean isUnix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> attributes = isUnix ? Files.readAttributes(folder, "unix:ino,dev") : Map.of();
        return new FolderIdentity(
                UUID.randomUUID().toString(),
                folder.toString(),
                String.valueOf(attributes.getOrDefault("ino", "")),
                String.valueOf(attributes.getOrDefault("dev", "")),
                Files.isReadable(BOOT) ? Files.readString(BOOT).strip() : "");
    }

    /** What was written; empty if it is not whole. */
    static Optional<FolderIdentity> parse(String text) {
        Map<String, String> lines = text.lines()
                .map(line -> line.split(" ", 2))
                .filter(line -> line.length == 2)
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (first, second) -> first));
        return lines.containsKey("id") && lines.containsKey("path")
                ? Optional.of(new FolderIdentity(
                        lines.get("id"),
                        lines.get("path"),
                        lines.getOrDefault("inode", ""),
                        lines.getOrDefault("device", ""),
                        lines.getOrDefault("boot", "")))
                : Optional.empty();
    }

    String text() {
        return String.format(
                Locale.ROOT, "id %s\npath %s\ninode %s\ndevice %s\nboot %s\n", id, path, inode, device, boot);
    }

    /** What a folder is in which the identity {@code earlier} was found, this being what it is now. */
    Origin since(FolderIdentity earlier) {
        boolean sameName = path.equals(earlier.path);
        if (!inode.equals(earlier.inode)) {
            return Origin.COPY;
        }
        if (device.equals(earlier.device) && !inode.isEmpty()) {
            return sameName ? Origin.SAME : Origin.MOVED;
        }
        boolean sameBoot = boot.equals(earlier.boot) && !boot.isEmpty();
        return sameName && !sameBoot ? Origin.SAME : Origin.COPY;
    }

    FolderIdentity withId(String known) {
        return new FolderIdentity(known, path, inode, device, boot);
    }
}
