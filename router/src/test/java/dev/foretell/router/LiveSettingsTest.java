package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.config.ConfigLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each setting may either change while the router runs or not: whoever adds one says which. */
class LiveSettingsTest {
    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    @Test
    void eachEitherHasAListenerOrNeedsARestart() {
        Set<String> live = LIVE.liveSettings();
        Set<String> both = new TreeSet<>();
        Set<String> neither = new TreeSet<>();
        for (String key : ConfigLoader.describe(RouterConfig.defaults()).keySet()) {
            boolean isLive = LiveSettings.covers(live, key);
            if (isLive == LiveSettings.covers(LiveSettings.NEED_RESTART, key)) {
                (isLive ? both : neither).add(key);
            }
        }

        assertThat(both).isEmpty();
        assertThat(neither).isEmpty();
    }
}
