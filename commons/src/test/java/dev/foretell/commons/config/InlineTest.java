package dev.foretell.commons.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InlineTest {
    record Size(int width, int maxHeight) {
        Size {
            if (width < 1) {
                throw new IllegalArgumentException("width must be at least 1");
            }
        }
    }

    record Lock(@Secret String key) {}

    record Door(@Inline Size size, @Inline Lock lock, String colour) {
        Door {
            if (colour.isEmpty()) {
                throw new IllegalArgumentException("colour must not be empty");
            }
        }
    }

    record House(Door door, @Inline Rooms rooms) {}

    record Rooms(Size hall, Size attic) {}

    private static final House DEFAULTS =
            new House(new Door(new Size(1, 2), new Lock(""), "red"), new Rooms(new Size(3, 4), new Size(5, 6)));

    private static House load(String yaml, Map<String, String> environment) {
        return ConfigLoader.load(DEFAULTS, yaml, environment, Map.of());
    }

    @Test
    void aGroupsSettingsStandUnderTheSectionItself() {
        House house =
                load("door: {max-height: 7, colour: blue}\nattic: {width: 8}", Map.of("FORETELL_HALL_WIDTH", "9"));

        assertThat(house)
                .isEqualTo(new House(
                        new Door(new Size(1, 7), new Lock(""), "blue"), new Rooms(new Size(9, 4), new Size(8, 6))));
    }

    @Test
    void theyAreDescribedAndKeptSecretByTheirKeys() {
        assertThat(ConfigLoader.describe(DEFAULTS))
                .containsOnlyKeys(
                        "door.width",
                        "door.max-height",
                        "door.key",
                        "door.colour",
                        "hall.width",
                        "hall.max-height",
                        "attic.width",
                        "attic.max-height");
        assertThat(ConfigLoader.secrets(DEFAULTS)).isEqualTo(Set.of("door.key"));
        assertThat(ConfigLoader.settings(DEFAULTS)).contains("door.key-file");
    }

    @Test
    void problemsOfAllGroupsAreToldByTheirKeys() {
        ConfigException wrong = catchThrowableOfType(
                ConfigException.class, () -> load("door: {width: 0, size: {width: 1}, max-height: x}", Map.of()));

        assertThat(wrong.problems())
                .containsExactly(
                        "door.size: unknown setting; known here: width, max-height, key, key-file, colour",
                        "door.max-height: must be a whole number, not 'x'");
        assertThat(catchThrowableOfType(ConfigException.class, () -> load("door: {width: 0}", Map.of()))
                        .problems())
                .containsExactly("door: width must be at least 1");
    }

    @Test
    void settingsThatStayAreKeptOneByOne() {
        House next = load("door: {width: 10, max-height: 11}", Map.of());

        assertThat(ConfigLoader.merge(DEFAULTS, next, "door.width"::equals)
                        .door()
                        .size())
                .isEqualTo(new Size(1, 11));
    }
}
