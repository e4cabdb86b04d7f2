package dev.foretell.router.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.store.embedded.FolderIdentity.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIdentityTest {
    private static final FolderIdentity HERE = new FolderIdentity("id", "/data", "7", "1", "boot");

    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() {
        FolderIdentity spaced = new FolderIdentity("id", "/my data/ü", "7", "1", "");

        assertThat(FolderIdentity.parse(spaced.text())).contains(spaced);
        assertThat(FolderIdentity.parse("")).isEmpty();
        assertThat(FolderIdentity.parse("id 1\n")).isEmpty();
    }

    @Test
    void aFolderIsItselfUnderAnotherName() {
        assertThat(HERE.since(HERE)).isEqualTo(Origin.SAME);
        assertThat(new FolderIdentity("new", "/mnt", "7", "1", "other").since(HERE))
                .isEqualTo(Origin.MOVED);
    }

    /** The numbers of devices change with a boot. */
    @Test
    void aFolderIsItselfAfterABoot() {
        assertThat(new FolderIdentity("new", "/data", "7", "2", "other").since(HERE))
                .isEqualTo(Origin.SAME);
    }

    @Test
    void anotherInodeOrACloneOfItsDiskIsACopy() {
        assertThat(new FolderIdentity("new", "/data2", "8", "1", "boot").since(HERE))
                .isEqualTo(Origin.COPY);
        assertThat(new FolderIdentity("new", "/data", "8", "1", "other").since(HERE))
                .isEqualTo(Origin.COPY);
        assertThat(new FolderIdentity("new", "/data", "7", "2", "boot").since(HERE))
                .isEqualTo(Origin.COPY);
        assertThat(new FolderIdentity("new", "/mnt", "7", "2", "other").since(HERE))
                .isEqualTo(Origin.COPY);
    }

    @Test
    void aRenamedFolderIsMovedAndItsCopyIsNone() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        FolderIdentity before = FolderIdentity.of(one);
        Path two = Files.move(one, folder.resolve("two"));
        Files.createDirectory(one);

        assertThat(FolderIdentity.of(two).since(before)).isEqualTo(Origin.MOVED);
        assertThat(FolderIdentity.of(one).since(before)).isEqualTo(Origin.COPY);
    }
}
