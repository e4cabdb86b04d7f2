package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.config.ConfigLoader;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting may either change while the router runs or not: whoever adds one says which, in {@link LiveSettings}. */
class LiveSettingsTest {
    static Set<String> settings() {
        return ConfigLoader.describe(RouterConfig.defaults()).keySet();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachIsInOneTable(String key) {
        assertThat(LiveSettings.covers(LiveSettings.LIVE.keySet(), key))
                .isNotEqualTo(LiveSettings.covers(LiveSettings.NEED_RESTART, key));
    }
}
