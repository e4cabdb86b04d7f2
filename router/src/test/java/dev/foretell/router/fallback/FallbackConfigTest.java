package dev.foretell.router.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.cache.CacheConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FallbackConfigTest {
    /** As in the router's own settings. */
    record Settings(CacheConfig cache, FallbackConfig fallback) {}

    private static Settings load(String yaml) {
        return ConfigLoader.load(
                new Settings(CacheConfig.defaults(), FallbackConfig.defaults()), yaml, Map.of(), Map.of());
    }

    @Test
    void readsWhatTheFileSays() {
        Settings settings = load("""
                cache: {models: {AI/fib: {ttl: 5s, max-bytes: 2048}, AI/iris: {}}}
                fallback:
                  models:
                    AI/fib: {kind: default, answer: {n: [0]}}
                    AI/iris: {kind: last-good, max-age: 5m}
                    AI/new: {kind: model, model: old}
                """);

        assertThat(settings.cache().models())
                .containsEntry("AI/fib", new CacheConfig.PerModel(Duration.ofSeconds(5), 2048))
                .containsEntry("AI/iris", new CacheConfig.PerModel(Duration.ofSeconds(60), 16_777_216));
        assertThat(settings.fallback().models().get("AI/fib"))
                .satisfies(fib -> assertThat(String.valueOf(fib.answer())).isEqualTo("""
                        {"n":[0]}"""));
        assertThat(settings.fallback().models())
                .containsEntry(
                        "AI/iris",
                        new FallbackConfig.PerModel(
                                FallbackKind.LAST_GOOD, null, null, Duration.ofMinutes(5), 16_777_216))
                .containsEntry(
                        "AI/new",
                        new FallbackConfig.PerModel(FallbackKind.MODEL, null, "old", Duration.ofHours(1), 16_777_216));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fallback: {models: {AI/fib: {}}} | fallback: AI/fib: kind default, and no other, must have an answer",
                "fallback: {models: {AI/fib: {kind: last-good, answer: 1}}} | AI/fib: kind default, and no other",
                "fallback: {models: {AI/fib: {kind: model}}} | AI/fib: kind model, and no other, must have a model",
                "fallback: {models: {AI/fib: {answer: 1, model: x}}} | AI/fib: kind model, and no other",
                "fallback: {models: {AI/fib: {kind: model, model: fib}}} | AI/fib: model must be another one",
                "fallback: {models: {AI/fib: {kind: model, model: a b}}} | model",
                "fallback: {models: {AI/fib: {kind: last-good, max-age: 0s}}} | max-age must be from 1ms to 30d",
                "fallback: {models: {AI/fib: {kind: none}}} | fallback.models.AI/fib.kind: must be one of default, last_good, model",
                "fallback: {models: {AI/fib: {answer: soon}}} | fallback.models.AI/fib.answer: must be JSON",
                "fallback: {models: {fib: {answer: 1}}} | a model is named by its type and its name",
                "cache: {models: {fib: {}}} | a model is named by its type and its name",
                "cache: {models: {AI/fib: 60s}} | cache.models.AI/fib: must hold settings, not a value",
                "cache: {models: {AI/fib: {ttl: 0s}}} | cache.models.AI/fib: ttl must be from 1ms to 30d",
                "cache: {models: {AI/fib: {max-bytes: 10}}} | max-bytes at least 1024"
            })
    void saysWhatIsWrong(String yaml, String problem) {
        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> load(yaml));

        assertThat(failure.problems()).singleElement().asString().contains(problem);
    }
}
