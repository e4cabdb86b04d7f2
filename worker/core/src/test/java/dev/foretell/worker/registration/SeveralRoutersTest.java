package dev.foretell.worker.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker with several routers that share their state. */
class SeveralRoutersTest {
    private final Vertx vertx = Vertx.vertx();
    private ScriptedRouter first;
    private ScriptedRouter second;
    private Registration registration;

    @BeforeEach
    void open() {
        first = new ScriptedRouter(0);
        second = new ScriptedRouter(0);
        registration = registration(Duration.ofSeconds(30));
    }

    /** @param timeout of one request: short where a router is to be silent */
    private Registration registration(Duration timeout) {
        RegistrationConfig config = new RegistrationConfig(
                new RegistrationConfig.Routers(List.of(first.url(), second.url()), "", timeout),
                new RegistrationConfig.Identity("AI", "", "", 0),
                Duration.ofMillis(1_500));
        return new Registration(
                vertx, config, new Registration.Self(List.of("fib"), "127.0.0.1", 4711, "this-process"), new Random(1));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        join(vertx.close());
    }

    @Test
    void speaksToTheFirstAloneWhileItAnswers() throws Exception {
        join(registration.start());

        first.next();
        first.next();
        first.next();

        assertThat(second.isIdle()).isTrue();
    }

    @Test
    void goesOnWithTheNextWhenItsOwnIsGone() throws Exception {
        join(registration.start());
        first.next();

        first.close();

        assertThat(second.next().method()).isEqualTo("PUT");
        assertThat(second.next().method()).isEqualTo("PUT");
    }

    @Test
    void goesOnWithTheNextWhenItsOwnIsSilentOrHasNoStore() throws Exception {
        registration = registration(Duration.ofSeconds(1));
        join(registration.start());
        first.next();

        first.answersNothing();
        second.next();
        first.answers(503, """
                {"detail":"the state store is away; nothing was changed"}""");
        second.answersNothing();
        second.next();
        second.answers(200, "{}");

        assertThat(second.next().method()).isEqualTo("PUT");
        assertThat(second.next().method()).isEqualTo("PUT");
    }

    @Test
    void staysWithTheOneThatAnsweredThoughAnotherIsBack() throws Exception {
        first.answers(503, "{}");
        join(registration.start());
        first.next();
        second.next();
        first.answers(200, "{}");

        second.next();
        second.next();

        assertThat(first.isIdle()).isTrue();
    }

    @Test
    void startsWhereTheFirstIsNotThere() throws Exception {
        first.close();

        join(registration.start());

        assertThat(second.next().method()).isEqualTo("PUT");
    }

    @Test
    void doesNotStartWhereOneThatIsAskedRefuses() {
        first.close();
        second.answers(401, """
                {"detail":"the token is missing"}""");

        assertThatThrownBy(() -> join(registration.start()))
                .hasRootCauseMessage(
                        "the router answered 401: the token is missing (--router-token-file, the setting registration.key-file, or $FORETELL_TOKEN)");
    }

    @Test
    void anOverloadedRouterIsNoRefusal() throws Exception {
        first.answers(429, "{}");

        join(registration.start());

        assertThat(second.next().method()).isEqualTo("PUT");
    }

    @Test
    void tellsAnotherThatItLeavesWhereItsOwnIsSilent() throws Exception {
        join(registration.start());
        first.next();
        first.answersNothing();

        join(registration.close());

        assertThat(second.next().method()).isEqualTo("DELETE");
    }

    @Test
    void aRouterThatDoesNotKnowItHasBeenTold() throws Exception {
        join(registration.start());
        first.next();
        first.answers(404, "{}");

        join(registration.close());

        assertThat(first.next().method()).isEqualTo("DELETE");
        assertThat(second.isIdle()).isTrue();
    }

    @Test
    void allUrlsThatAreNoneAreNamedAtOnce() {
        RegistrationConfig config = RegistrationConfig.defaults();

        assertThatThrownBy(() -> config.with("http://a:8000,htp://b,http://c:99999,http://d?x=1", "AI", ""))
                .hasMessage("router must be a URL like http://localhost:8000, or several with commas between them,"
                        + " not 'htp://b', 'http://c:99999', 'http://d?x=1'");
    }

    @Test
    void urlsAreTakenWithSpacesAndSlashesEachOnce() {
        assertThat(RegistrationConfig.defaults()
                        .with(" http://a:1/ , https://[::1]:2,http://a:1,http://my_router/base/ ", "AI", "")
                        .routers()
                        .router())
                .containsExactly("http://a:1", "https://[::1]:2", "http://my_router/base");
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
