package dev.foretell.commons.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    record Door(
            String host,
            int maxWidth,
            Duration openFor,
            List<String> from,
            @Nullable String key) {
        Door {
            if (maxWidth < 1) {
                throw new IllegalArgumentException("max-width must be at least 1");
            }
        }
    }

    record Paint(Colour colour, boolean wet, double share, long drops, Path folder, Map<String, Colour> rooms) {}

    record House(Door door, Paint paint) {}

    record Lamp(int watts, @Nullable JsonNode code) {
        Lamp {
            if (watts < 1) {
                throw new IllegalArgumentException("watts must be at least 1");
            }
        }

        static Lamp defaults() {
            return new Lamp(40, null);
        }
    }

    record Lamps(Map<String, Lamp> byRoom) {}

    record Flat(Lamps lamps) {}

    private static final House DEFAULTS = new House(
            new Door("here", 80, Duration.ofSeconds(5), List.of("a", "b"), null),
            new Paint(Colour.RED, false, 0.5, 7, Path.of("data"), Map.of()));

    private static House load(String yaml) {
        return ConfigLoader.load(DEFAULTS, yaml, Map.of(), Map.of());
    }

    @Test
    void flagsHoldListsAndMapsAsYaml() {
        Map<String, String> flags = Map.of("door.from", """
                ["x/y", z]""", "paint.rooms", "{hall: red}", "door.host", "[::1]");

        House house = ConfigLoader.load(DEFAULTS, "", Map.of(), flags);

        assertThat(house.door().from()).containsExactly("x/y", "z");
        assertThat(house.paint().rooms()).containsExactly(Map.entry("hall", Colour.RED));
        assertThat(house.door().host()).isEqualTo("[::1]");
        assertThat(problems("", "door.from", "[a").get(0)).startsWith("door.from: must be a list or a map");
    }

    private static List<String> problems(String yaml, String... flags) {
        Map<String, String> set = flags.length == 0 ? Map.of() : Map.of(flags[0], flags[1]);
        ConfigException failure =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(DEFAULTS, yaml, Map.of(), set));
        assertThat(failure).as("a problem with " + yaml).isNotNull();
        return failure.problems();
    }

    @Test
    void aKeyThatIsThereTwiceIsAnError() {
        assertThatThrownBy(() ->
                        ConfigLoader.load(DEFAULTS, "door:\n  host: a\ndoor:\n  max-width: 7\n", Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("door");
        assertThatThrownBy(() -> ConfigLoader.load(DEFAULTS, "door: {host: a, host: b}", Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("host");
    }

    @Test
    void aVariableThatIsNoSettingIsNamedWithTheNearest() {
        Map<String, String> environment = Map.of("FORETELL_DOOR_HOTS", "x", "FORETELL_OTHER", "y", "HOME", "z");

        ConfigException failure = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigLoader.load(DEFAULTS, "", environment, Map.of(), "FORETELL_OTHER"::equals));

        assertThat(failure.problems())
                .singleElement()
                .asString()
                .startsWith("environment variable FORETELL_DOOR_HOTS: there is no such setting")
                .contains("FORETELL_DOOR_HOST");
        assertThat(ConfigLoader.load(DEFAULTS, "", environment, Map.of())).isEqualTo(DEFAULTS);
    }

    @Test
    void ofTwoConfigurationsOneGivesWayButForWhatStays() {
        House now = load("door: {host: now, max-width: 1}");
        House next = load("door: {host: next, max-width: 2}\npaint: {wet: true}");

        House merged = ConfigLoader.merge(now, next, "door.host"::equals);

        assertThat(merged).isEqualTo(load("door: {host: now, max-width: 2}\npaint: {wet: true}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "{}", "door:\n", "door: {}\npaint:\n"})
    void whatIsSetNowhereKeepsItsDefault(String yaml) {
        assertThat(load(yaml)).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEveryKindOfValue() {
        House house = load("""
                door:
                  host: there
                  max-width: 90
                  open-for: 1500ms
                  from: [x, "y"]
                  key: k
                paint:
                  colour: dark_blue
                  wet: true
                  share: 0.25
                  drops: 9000000000
                  folder: /var/x
                  rooms: {attic: red, hall: dark_blue}
                """);

        assertThat(house)
                .isEqualTo(new House(
                        new Door("there", 90, Duration.ofMillis(1500), List.of("x", "y"), "k"),
                        new Paint(
                                Colour.DARK_BLUE,
                                true,
                                0.25,
                                9_000_000_000L,
                                Path.of("/var/x"),
                                Map.of("attic", Colour.RED, "hall", Colour.DARK_BLUE))));
    }

    @Test
    void flagsWinOverTheEnvironmentOverTheFileOverTheDefaults() {
        String yaml = "door: {host: file, max-width: 1, open-for: 1s}";
        Map<String, String> environment = Map.of("FORETELL_DOOR_HOST", "environment", "FORETELL_DOOR_MAX_WIDTH", "2");

        Door door = ConfigLoader.load(DEFAULTS, yaml, environment, Map.of("door.host", "flag"))
                .door();

        assertThat(door.host()).isEqualTo("flag");
        assertThat(door.maxWidth()).isEqualTo(2);
        assertThat(door.openFor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(door.from()).containsExactly("a", "b");
    }

    @Test
    void aListMayBeGivenAsOneText() {
        assertThat(ConfigLoader.load(DEFAULTS, "", Map.of("FORETELL_DOOR_FROM", "x, y,,z"), Map.of())
                        .door()
                        .from())
                .containsExactly("x", "y", "z");
        assertThat(load("door: {from: }").door().from()).isEmpty();
    }

    @Test
    void anEntryOfAMapMayBeGivenByAFlag() {
        assertThat(ConfigLoader.load(DEFAULTS, "", Map.of(), Map.of("paint.rooms.attic", "dark_blue"))
                        .paint()
                        .rooms())
                .containsExactly(Map.entry("attic", Colour.DARK_BLUE));
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "5s, 5000", "2m, 120000", "1h, 3600000", "1d, 86400000", "3 s, 3000"})
    void readsDurations(String text, long millis) {
        assertThat(load("door: {open-for: " + text + "}").door().openFor()).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-5s", "1.5s", "5 years", "s", "9999999999999s", "[5s]", "36501d", "999999999999d"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(problems("door: {open-for: " + text + "}"))
                .singleElement()
                .asString()
                .startsWith("door.open-for: must be");
    }

    @Test
    void reportsAllProblemsTogether() {
        assertThat(problems("""
                door: {hots: x, max-width: many, open-for: soon, from: {a: b}}
                paint: {colour: pink, wet: maybe, share: half, rooms: [a]}
                roof: 1
                """, "door.bell", "loud"))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p)
                                .startsWith("door.hots: unknown setting; known here: host, max-width")
                                .endsWith("; did you mean host?"),
                        p -> assertThat(p).startsWith("door.bell: unknown setting"),
                        p -> assertThat(p).isEqualTo("door.max-width: must be a whole number, not 'many'"),
                        p -> assertThat(p).startsWith("door.open-for: must be a duration like"),
                        p -> assertThat(p).isEqualTo("door.from: must be a list"),
                        p -> assertThat(p).isEqualTo("paint.colour: must be one of red, dark_blue, not 'pink'"),
                        p -> assertThat(p).isEqualTo("paint.wet: must be true or false, not 'maybe'"),
                        p -> assertThat(p).isEqualTo("paint.share: must be a number, not 'half'"),
                        p -> assertThat(p).isEqualTo("paint.rooms: must be a map"),
                        p -> assertThat(p).startsWith("roof: unknown setting; known here: door, paint"));
    }

    @Test
    void reportsWhatTheRecordItselfRefuses() {
        assertThat(problems("door: {max-width: 0}")).containsExactly("door: max-width must be at least 1");
    }

    @ParameterizedTest
    @CsvSource({
        "'door: {host: }', door.host: must have a value",
        "'door: {max-width: }', door.max-width: must have a value",
        "'door: {open-for: }', door.open-for: must have a value",
        "'door: {from: [a, ~]}', door.from: must have a value",
        "'paint: {rooms: {attic: }}', paint.rooms: must have a value",
        "'paint: {colour: }', paint.colour: must have a value"
    })
    void aSettingThatMustHaveAValueCannotBeEmpty(String yaml, String problem) {
        assertThat(problems(yaml)).containsExactly(problem);
    }

    @Test
    void aSettingThatMayBeAbsentMayBeEmpty() {
        assertThat(load("door: {key: }").door().key()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"door: here", "door: [1]"})
    void aValueWhereSettingsBelongIsRefused(String yaml) {
        assertThat(problems(yaml)).containsExactly("door: must hold settings, such as 'host: …', not a value");
    }

    @Test
    void whatIsNestedTooDeeplyIsRefusedInWords() {
        assertThat(problems("door: " + "[".repeat(2_000)))
                .singleElement()
                .asString()
                .startsWith("the file is nested too deeply")
                .doesNotContain("StreamReadConstraints");
    }

    @Test
    void whatIsNoFileOrTooLongIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("long.yaml"), "#".repeat(1024 * 1024 + 1));

        assertThatThrownBy(() -> ConfigLoader.read(file)).hasMessageContaining("is longer than 1048576 bytes");
        assertThatThrownBy(() -> ConfigLoader.read(Path.of("/dev/zero"))).hasMessageContaining("a pipe or a device");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"just text", "[1, 2]", "door: {", "a: b: c", "\tdoor: 1", "door: {host: a}\n---\ndoor: {host: b}"
            })
    void whatIsNoFileOfSettingsIsRefused(String yaml) {
        assertThat(problems(yaml)).hasSize(1);
    }

    @Test
    void putsInTheEnvironmentWhereAValueAsksForIt() {
        House house = ConfigLoader.load(
                DEFAULTS,
                "door: {host: 'x-${ENV:HOST}-${ENV:ZONE}', max-width: '${ENV:WIDTH}', from: ['${ENV:ZONE}', c]}",
                Map.of("HOST", "a$1\\b", "ZONE", "z", "WIDTH", "12"),
                Map.of("door.key", "${ENV:HOST}"));

        assertThat(house.door().host()).isEqualTo("x-a$1\\b-z");
        assertThat(house.door().maxWidth()).isEqualTo(12);
        assertThat(house.door().from()).containsExactly("z", "c");
        assertThat(house.door().key()).isEqualTo("a$1\\b");
    }

    @Test
    void anEnvironmentVariableThatIsNotSetIsAProblem() {
        assertThat(problems("door: {host: '${ENV:NOT_SET}', key: '${ENV:NOR_THIS}'}"))
                .contains("environment variable NOT_SET is not set", "environment variable NOR_THIS is not set");
    }

    private static Map<String, Lamp> lamps(String yaml, Map<String, String> flags) {
        return ConfigLoader.load(new Flat(new Lamps(Map.of())), yaml, Map.of(), flags)
                .lamps()
                .byRoom();
    }

    @Test
    void aMapMayHoldSettingsOfItsOwnByName() {
        String yaml = "lamps: {by-room: {A/hall: {watts: 60, code: {n: [1, 2]}}, attic: , B/den: {}}}";

        assertThat(lamps(yaml, Map.of("lamps.by-room.A/hall.watts", "75")))
                .isEqualTo(Map.of(
                        "A/hall",
                        new Lamp(75, Json.readTree("""
                                {"n":[1,2]}""".getBytes(StandardCharsets.UTF_8))),
                        "attic",
                        Lamp.defaults(),
                        "B/den",
                        Lamp.defaults()));
        assertThat(lamps("lamps: {by-room: }", Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "'\"on\"', '\"on\"'", "'{\"n\":[0]}', '{\"n\":[0]}'", "null, null", "true, true"})
    void jsonMayBeGivenAsText(String text, String json) {
        assertThat(lamps("", Map.of("lamps.by-room.hall.code", text)))
                .extractingByKey("hall")
                .extracting(lamp -> String.valueOf(lamp.code()))
                .isEqualTo(json);
    }

    @Test
    void problemsOfSettingsInAMapSayWhereTheyAre() {
        String yaml = "lamps: {by-room: {hall: {watts: much, volts: 1}, attic: {watts: 0}, den: 4, loft: {code: lit}}}";
        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> lamps(yaml, Map.of()));

        assertThat(failure.problems())
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p)
                                .startsWith("lamps.by-room.hall.volts: unknown setting; known here: watts, code"),
                        p -> assertThat(p).isEqualTo("lamps.by-room.hall.watts: must be a whole number, not 'much'"),
                        p -> assertThat(p).isEqualTo("lamps.by-room.attic: watts must be at least 1"),
                        p -> assertThat(p).isEqualTo("lamps.by-room.den: must hold settings, not a value"),
                        p -> assertThat(p).startsWith("lamps.by-room.loft.code: must be JSON"));
        assertThat(catchThrowableOfType(ConfigException.class, () -> lamps("lamps: {by-room: [1]}", Map.of()))
                        .problems())
                .containsExactly("lamps.by-room: must be a map");
    }

    @Test
    void describesEverySettingFlat() {
        assertThat(ConfigLoader.describe(DEFAULTS))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("door.host", "here"),
                        Map.entry("door.max-width", "80"),
                        Map.entry("door.open-for", "5s"),
                        Map.entry("door.from", "a,b"),
                        Map.entry("door.key", ""),
                        Map.entry("paint.colour", "red"),
                        Map.entry("paint.wet", "false"),
                        Map.entry("paint.share", "0.5"),
                        Map.entry("paint.drops", "7"),
                        Map.entry("paint.folder", "data"),
                        Map.entry("paint.rooms", "")));
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        assertThatThrownBy(() -> ConfigLoader.read(Path.of("no", "such.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot read");
    }
}
