package dev.foretell.router.predict.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeTokensTest {
    private final HedgeTokens tokens = new HedgeTokens(0.05);

    private int takenOf(int calls) {
        int taken = 0;
        for (int i = 0; i < calls; i++) {
            tokens.earn();
            taken += tokens.take() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void areAShareOfTheCalls() {
        assertThat(takenOf(19)).isZero();
        assertThat(takenOf(1)).isEqualTo(1);
        assertThat(takenOf(1000)).isEqualTo(50);
    }

    @Test
    void fewAreSavedUp() {
        for (int i = 0; i < 100_000; i++) {
            tokens.earn();
        }

        int burst = 0;
        while (tokens.take()) {
            burst++;
        }
        assertThat(burst).isEqualTo(10);
    }

    @Test
    void oneThatIsGivenBackIsThereAgain() {
        takenOf(19);
        tokens.earn();
        assertThat(tokens.take()).isTrue();
        assertThat(tokens.take()).isFalse();

        tokens.giveBack();

        assertThat(tokens.take()).isTrue();
    }
}
