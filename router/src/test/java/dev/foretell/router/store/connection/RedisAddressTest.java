package dev.foretell.router.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.router.store.connection.RedisAddress.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    @Test
    void readsOneServer() {
        assertThat(RedisAddress.parse("redis://localhost:6379"))
                .isEqualTo(new RedisAddress(
                        Kind.SINGLE, "redis", new RedisAddress.Login(null, null), List.of("localhost:6379"), "", 0));
        assertThat(RedisAddress.parse("rediss://app:p%40ss+word@[::1]:6380/3"))
                .isEqualTo(new RedisAddress(
                        Kind.SINGLE,
                        "rediss",
                        new RedisAddress.Login("app", "p@ss+word"),
                        List.of("[::1]:6380"),
                        "",
                        3));
    }

    @Test
    void readsSentinels() {
        assertThat(RedisAddress.parse("redis+sentinel://:pw@a:26379,b:26379/main/2"))
                .isEqualTo(new RedisAddress(
                        Kind.SENTINEL,
                        "redis",
                        new RedisAddress.Login(null, "pw"),
                        List.of("a:26379", "b:26379"),
                        "main",
                        2));
    }

    @Test
    void readsACluster() {
        RedisAddress address = RedisAddress.parse("redis://:pw@a:7000, redis://:pw@b:7001");

        assertThat(address.kind()).isEqualTo(Kind.CLUSTER);
        assertThat(address.urls()).containsExactly("redis://a:7000", "redis://b:7001");
    }

    @Test
    void showsNoPassword() {
        assertThat(RedisAddress.parse("redis://:secret@a:7000")).hasToString("a:7000");
        assertThat(RedisAddress.parse("redis+sentinel://:secret@a:1,b:2/main")).hasToString("sentinel main at a:1,b:2");
        assertThat(RedisAddress.parse("redis://:secret@a:1,redis://b:2")).hasToString("cluster a:1,b:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://:secret@a:1",
                "redis://a",
                "redis://a:port",
                "redis+sentinel://a:1",
                ","
            })
    void refusesOtherForms(String address) {
        assertThatThrownBy(() -> RedisAddress.parse(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("address must be redis://")
                .hasMessageNotContaining("secret");
    }
}
