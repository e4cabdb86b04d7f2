package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLeasesTest {
    private static final LeaseKey FIRST = lease("first-worker.example", 0);
    private static final LeaseKey SECOND = lease("::1", 7);

    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final Leases.Store leases = OPEN.store().leases();

    @Test
    void eachRenewalIsReadOnce() {
        await(leases.renew(Set.of(FIRST), "one"));

        Leases.Renewals first = await(leases.after(0));
        await(leases.renew(Set.of(SECOND), ""));

        assertThat(first.list()).containsExactly(new Leases.Renewal(FIRST, 1, "one"));
        assertThat(first.isAll()).isTrue();
        assertThat(await(leases.after(1)).list()).containsExactly(new Leases.Renewal(SECOND, 2, ""));
        assertThat(await(leases.after(2))).isEqualTo(new Leases.Renewals(List.of(), 2, true));
    }

    @Test
    void aRenewalThatDoesNotSayWhichProcessItIsLeavesWhatWasSaid() {
        await(leases.renew(Set.of(FIRST), "one"));
        await(leases.renew(Set.of(FIRST), ""));

        assertThat(await(leases.after(0)).list()).containsExactly(new Leases.Renewal(FIRST, 2, "one"));

        await(leases.renew(Set.of(FIRST), "two"));

        assertThat(await(leases.after(0)).list()).containsExactly(new Leases.Renewal(FIRST, 3, "two"));
    }

    @Test
    void whatWouldBeReadAsSomethingElseIsNotKept() {
        Future<Void> renewal = leases.renew(Set.of(FIRST), "half a pair: \ud83d");

        assertThatThrownBy(() -> await(renewal)).isInstanceOf(ServingException.class);
        assertThat(await(leases.after(0)).list()).isEmpty();
    }

    @Test
    void aForgottenLeaseLeavesNothing() {
        await(leases.renew(Set.of(FIRST), "one"));

        await(leases.forget(Map.of(FIRST, 1L)));

        assertThat(await(leases.after(0))).isEqualTo(new Leases.Renewals(List.of(), 1, true));
        assertThat(OPEN.byHand("HLEN {foretell}:epochs")).isEqualTo(":0");
    }

    @Test
    void aLeaseThatWasRenewedMeanwhileIsNotForgotten() {
        await(leases.renew(Set.of(FIRST), "one"));
        await(leases.renew(Set.of(FIRST), "one"));

        await(leases.forget(Map.of(FIRST, 1L)));

        assertThat(await(leases.after(0)).list()).hasSize(1);
    }

    @Test
    void thousandsAreReadInParts() {
        Set<LeaseKey> many =
                IntStream.range(0, 4500).mapToObj(i -> lease("localhost", i)).collect(Collectors.toSet());
        await(leases.renew(many, "one"));

        List<Leases.Renewal> read = new ArrayList<>();
        Leases.Renewals part;
        do {
            part = await(leases.after(read.size()));
            read.addAll(part.list());
        } while (!part.isAll());

        assertThat(read.stream().map(Leases.Renewal::lease)).containsExactlyInAnyOrderElementsOf(many);
        assertThat(read).isSortedAccordingTo((a, b) -> Long.compare(a.number(), b.number()));
    }

    @Test
    void whatSomebodySpoiltIsForgotten() {
        OPEN.byHand("ZADD {foretell}:renewals 1 nonsense 2 AI/fib/localhost-port-0");
        await(leases.renew(Set.of(FIRST), ""));

        assertThat(await(leases.after(0)).list()).hasSize(1);

        assertThat(OPEN.byHand("ZCARD {foretell}:renewals")).isEqualTo(":1");
    }

    private static LeaseKey lease(String host, int localId) {
        return new LeaseKey(new ModelKey("AI", "fib"), new WorkerId(host, 9001, localId));
    }
}
