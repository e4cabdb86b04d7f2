package dev.foretell.router.http.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.json.Json;
import dev.foretell.router.upstream.pool.EndpointView;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteViewTest {
    @Test
    void tellsOfThePoolTheChoiceAndTheDetours() {
        RouteView view = new RouteView(
                new RouteView.Pool("AI/fib", "p2c"),
                5,
                List.of(
                        new RouteView.Candidate(
                                "a-1-0",
                                EndpointView.State.READY,
                                new RouteView.Share(1, 100),
                                new RouteView.Load(2, 0.5, 1.5)),
                        new RouteView.Candidate(
                                "b-1-0",
                                EndpointView.State.DOWN,
                                new RouteView.Share(1, 10),
                                new RouteView.Load(0, null, null))),
                "a-1-0",
                List.of(new RouteView.Attempt("a-1-0", "answered 200", 0.25)),
                new RouteView.Detours(true, 1.0, false, false, null));

        assertThat(Json.writeText(view)).isEqualTo("""
                {"model":"AI/fib","policy":"p2c","revision":5,"candidates":[{"worker":"a-1-0","state":"READY",\
                "weight":1,"warmth_percent":100,"in_flight":2,"latency_ms":0.5,"score":1.5},{"worker":"b-1-0",\
                "state":"DOWN","weight":1,"warmth_percent":10,"in_flight":0,"latency_ms":null,"score":null}],\
                "choice":"a-1-0","attempts":[{"worker":"a-1-0","outcome":"answered 200","ms":0.25}],\
                "queued":true,"queued_ms":1.0,"batched":false,"cached":false,"fallback":null}""");
    }

    @Test
    void aCallThatCameNowhereHasNoPool() {
        RouteView view =
                new RouteView(null, 5, List.of(), null, List.of(), new RouteView.Detours(false, 0, false, false, null));

        assertThat(Json.writeText(view)).isEqualTo("""
                {"revision":5,"candidates":[],"choice":null,"attempts":[],"queued":false,"queued_ms":0.0,\
                "batched":false,"cached":false,"fallback":null}""");
    }
}
