package dev.foretell.router.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RendezvousHashTest {
    private final Policy policy = new RendezvousHash();

    private static List<Fixed> workers(int count) {
        List<Fixed> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(new Fixed(0, 0, 1 + i % 3, 77L * i));
        }
        return workers;
    }

    private Fixed choice(List<Fixed> workers, long key) {
        return workers.get(policy.choose(new Candidates<>(workers), key));
    }

    @Test
    void sendsEqualKeysToTheSameWorkerInWhateverOrderTheyStand() {
        List<Fixed> workers = workers(9);
        List<Fixed> turned = new ArrayList<>(workers);
        java.util.Collections.reverse(turned);

        for (long key = -500; key < 500; key++) {
            assertThat(choice(workers, key)).isEqualTo(choice(turned, key));
        }
    }

    @Test
    void movesOnlyTheKeysOfTheOneThatLeaves() {
        List<Fixed> before = workers(9);
        Fixed leaver = before.get(4);
        List<Fixed> after = new ArrayList<>(before);
        after.remove(leaver);

        for (long key = -500; key < 500; key++) {
            Fixed choice = choice(before, key);
            if (!choice.equals(leaver)) {
                assertThat(choice(after, key)).isEqualTo(choice);
            }
        }
    }

    @Test
    void saysThatKeysMatter() {
        assertThat(policy.isKeyed()).isTrue();
        assertThat(new RoundRobin().isKeyed()).isFalse();
    }
}
