package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceCountTest {
    private final PlaceCount count = new PlaceCount(4);

    @Test
    void aSearchHasItsOwnPlaceAndThoseOnWhichNoTaskRuns() {
        try (PlaceCount.Place search = count.begin(true)) {
            assertThat(search.places()).isEqualTo(4);
            try (PlaceCount.Place task = count.begin(false)) {
                assertThat(search.places()).isEqualTo(3);
                assertThat(task.places()).isEqualTo(1);
            }
            assertThat(search.places()).isEqualTo(4);
        }
    }

    @Test
    void searchesShareTheFreePlaces() {
        try (PlaceCount.Place one = count.begin(true);
                PlaceCount.Place two = count.begin(true);
                PlaceCount.Place task = count.begin(false)) {
            assertThat(one.places()).isEqualTo(2);
            assertThat(two.places()).isEqualTo(1);
            assertThat(task.places()).isEqualTo(1);
        }
    }

    @Test
    void aTrainerWithoutASearchLendsItsFreePlaces() {
        try (PlaceCount.Place task = count.begin(false)) {
            assertThat(count.forOthers()).isEqualTo(3);
            try (PlaceCount.Place search = count.begin(true)) {
                assertThat(search.places()).isEqualTo(3);
                assertThat(count.forOthers()).isZero();
            }
        }
        assertThat(count.forOthers()).isEqualTo(4);
    }
}
