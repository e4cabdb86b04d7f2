package dev.foretell.router.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerBinaryTest {
    @TempDir
    private Path cache;

    @Test
    void isTheNamedOne() throws IOException {
        Path valkey = script("echo 'Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc bits=64'");

        ServerBinary binary = ServerBinary.find(valkey.toString(), cache);

        assertThat(binary).isEqualTo(new ServerBinary(valkey.toString(), 8, 0));
        assertThat(binary.writesManyFiles()).isTrue();
    }

    @Test
    void isTheShippedOneUnlessAnotherIsNamed() {
        ServerBinary binary = ServerBinary.find(null, cache);

        assertThat(binary.command()).startsWith(cache.toString());
        assertThat(binary.major()).isEqualTo(6);
        assertThat(binary.writesManyFiles()).isFalse();
    }

    @Test
    void saysWhyTheNamedOneWillNotDo() throws IOException {
        Path old = script("echo 'Redis server v=5.0.14 sha=00000000:0'");
        Path broken = script("echo 'libssl.so.3: cannot open shared object file'; exit 127");

        assertRefused("no-such-server", "No such file");
        assertRefused(old.toString(), "version 5.0 is too old");
        assertRefused(broken.toString(), "libssl.so.3: cannot open shared object file");
    }

    @Test
    void saysWhatToDoWhereNoneOfTheShippedRuns() {
        assertThatThrownBy(() -> ServerBinary.ofBundle(List.of(), cache))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("redis.server: redis-server")
                .hasMessageContaining("redis.address");
    }

    private void assertRefused(String named, String reason) {
        assertThatThrownBy(() -> ServerBinary.find(named, cache))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("redis.server " + named + " cannot be used: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @EnumSource
    void bundlesWhatIsPinned(BundledServer server) throws IOException {
        Path program = server.extractTo(cache);

        assertThat(program).isExecutable();
        assertThat(server.extractTo(cache)).isEqualTo(program);
        assertThat(cache).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void bundlesForEachSystem() {
        assertThat(BundledServer.forSystem("Linux", "amd64"))
                .containsExactly(BundledServer.LINUX_X86_64, BundledServer.LINUX_386);
        assertThat(BundledServer.forSystem("Linux", "aarch64")).containsExactly(BundledServer.LINUX_ARM64);
        assertThat(BundledServer.forSystem("Mac OS X", "aarch64")).containsExactly(BundledServer.MAC_ARM64);
        assertThat(BundledServer.forSystem("Mac OS X", "x86_64")).containsExactly(BundledServer.MAC_X86_64);
        assertThat(BundledServer.forSystem("Windows 11", "amd64")).isEmpty();
    }

    private Path script(String line) throws IOException {
        Path script = Files.createTempFile(cache, "server", ".sh");
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }
}
