package dev.foretell.router.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(new Admission.Config(2));

    @Test
    void shedsWhenTheLimitIsReachedAndTakesTheNextWhenOneLeaves() {
        admission.acquire();
        Admission.Permit second = admission.acquire();
        assertThatThrownBy(admission::acquire)
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.SHED));
        assertThat(admission.inFlight()).isEqualTo(2);

        second.release();
        admission.acquire();
        assertThat(admission.inFlight()).isEqualTo(2);
    }

    @Test
    void releasingTwiceIsHarmless() {
        Admission.Permit permit = admission.acquire();
        permit.release();
        permit.release();

        assertThat(admission.inFlight()).isZero();
    }
}
