package dev.foretell.router.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every policy keeps to. */
class PolicyContractTest {
    private static RandomBits seeded() {
        Random random = new Random(42);
        return bound -> Math.floorMod(random.nextLong(), bound);
    }

    private static int[] picks(Policy policy, Candidates<?> candidates, int calls) {
        int[] picks = new int[candidates.size()];
        Random keys = new Random(7);
        for (int i = 0; i < calls; i++) {
            picks[policy.choose(candidates, keys.nextLong())]++;
        }
        return picks;
    }

    @ParameterizedTest
    @EnumSource
    void choosesTheOnlyOne(PolicyName name) {
        assertThat(picks(name.create(seeded()), Fixed.alike(1), 100)).containsExactly(100);
    }

    @ParameterizedTest
    @EnumSource
    void sharesCallsAmongEquals(PolicyName name) {
        for (int picks : picks(name.create(seeded()), Fixed.alike(10), 20_000)) {
            assertThat(picks).isCloseTo(2000, within(300));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LEAST_INFLIGHT")
    void sharesCallsInProportionToTheWeightsOrMoreSo(PolicyName name) {
        int[] picks = picks(name.create(seeded()), Fixed.weighted(1, 2, 5), 20_000);

        assertThat(picks[0]).isLessThan(20_000 / 8 + 300);
        assertThat(picks[1]).isBetween(picks[0] + 1000, 20_000 / 4 + 300);
        assertThat(picks[2]).isGreaterThan(20_000 * 5 / 8 - 300);
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinTheCandidatesHoweverTheyAre(PolicyName name) {
        Random random = new Random(3);
        Policy policy = name.create(seeded());

        for (int round = 0; round < 500; round++) {
            List<Fixed> some = random.ints(1 + random.nextInt(40), 1, 1001)
                    .mapToObj(weight -> new Fixed(
                            random.nextInt(5) == 0 ? Integer.MAX_VALUE : random.nextInt(100),
                            random.nextInt(3) == 0 ? 0 : random.nextDouble() * 1e12,
                            weight,
                            random.nextLong()))
                    .toList();

            assertThat(policy.choose(new Candidates<>(some), random.nextLong())).isBetween(0, some.size() - 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThousandCandidatesOfTheHighestWeightAreNotTooMany(PolicyName name) {
        Candidates<Fixed> many = new Candidates<>(new Random(1)
                .longs(1000)
                .mapToObj(id -> new Fixed(0, 0, 1000, id))
                .toList());

        for (int picks : picks(name.create(seeded()), many, 5000)) {
            assertThat(picks).isLessThan(50);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsScoresArePositiveNumbersAndLookingAtThemChangesNothing(PolicyName name) {
        Candidates<?> candidates = Fixed.weighted(1, 2, 5);
        Policy looked = name.create(seeded());
        Policy left = name.create(seeded());

        for (int call = 0; call < 100; call++) {
            for (int i = 0; i < candidates.size(); i++) {
                assertThat(looked.score(candidates, i, call)).isFinite().isNotNegative();
            }
            assertThat(looked.choose(candidates, call)).isEqualTo(left.choose(candidates, call));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_INFLIGHT", "CONSISTENT_HASH"})
    void choosesTheLowestScoreWhereItLooksAtAll(PolicyName name) {
        Candidates<?> candidates = Fixed.weighted(1, 2, 5);
        Policy policy = name.create(seeded());

        for (int call = 0; call < 100; call++) {
            long key = 7919L * call;
            int lowest = 0;
            for (int i = 1; i < candidates.size(); i++) {
                lowest = policy.score(candidates, i, key) < policy.score(candidates, lowest, key) ? i : lowest;
            }
            assertThat(policy.choose(candidates, key)).isEqualTo(lowest);
        }
    }

    @Test
    void theScoreOfP2cIsTheExpectedWaitInMilliseconds() {
        Candidates<?> candidates =
                new Candidates<>(List.of(new Fixed(3, 4e6, 2, 1), new Fixed(0, 0, 1, 2), new Fixed(0, 9e6, 1, 3)));
        Policy policy = PolicyName.P2C.create(seeded());

        assertThat(policy.score(candidates, 0, 0)).isEqualTo(15);
        assertThat(policy.score(candidates, 1, 0)).isEqualTo(1);
        assertThat(policy.score(candidates, 2, 0)).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(PolicyName name) {
        assertThat(PolicyName.of(name.toString())).contains(name);
        assertThat(PolicyName.of(name.name())).isEmpty();
    }
}
