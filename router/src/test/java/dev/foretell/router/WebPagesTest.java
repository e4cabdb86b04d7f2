package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.http.edge.Access;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a token, a page that a browser shows on this machine changes nothing, and sees nothing by a name of its own. */
class WebPagesTest {
    private static final String MAP = """
            {"AI":{"fib":[{"host":"h","port":1}]}}""";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.names", "router.example,10.1.2.3");

    /** The URLs for everybody; all others are of {@link Access#STATE} where they are here, else of {@link Access#CHANGE}. */
    private static final List<String> OPEN = List.of(
            "GET /",
            "GET /help",
            "GET /api/v1/models/*/prediction",
            "POST /api/v1/models/*/prediction",
            "GET /elb-healthcheck",
            "GET /livez",
            "GET /metrics",
            "GET /models/serve/*/*",
            "POST /models/serve/*/*",
            "GET /openapi.yaml",
            "GET /docs",
            "GET /readyz",
            "GET /serve_*",
            "GET /ui",
            "GET /ui/*",
            "GET /ui/*/*",
            "POST /serve_*",
            "POST /v1/*_model/predict",
            "POST /v1/*_model/*/predict",
            "PUT /v1/*_model/*/predict",
            "GET /v2",
            "GET /v2/health/live",
            "GET /v2/health/ready",
            "GET /v2/models/stats",
            "GET /v2/models/*",
            "GET /v2/models/*/config",
            "GET /v2/models/*/ready",
            "GET /v2/models/*/stats",
            "POST /v2/models/*/infer",
            "GET /v2/models/*/versions/*",
            "GET /v2/models/*/versions/*/config",
            "GET /v2/models/*/versions/*/ready",
            "GET /v2/models/*/versions/*/stats",
            "POST /v2/models/*/versions/*/infer");

    private static final List<String> STATE = List.of(
            "POST /api/test/sendtomodelhost",
            "GET /api/v1/models",
            "GET /api/v1/models/information",
            "GET /api/v1/models/*",
            "GET /api/v1/models/*/download",
            "GET /RunningTaskCount",
            "GET /model",
            "GET /v1/blobs/*",
            "GET /v1/config",
            "GET /v1/dashboard/history",
            "GET /v1/dashboard/models",
            "GET /v1/dashboard/models/*/*",
            "GET /v1/dashboard/overview",
            "GET /v1/dashboard/stream",
            "GET /v1/dashboard/workers",
            "GET /v1/ensembles",
            "GET /v1/ensembles/*",
            "GET /v1/events",
            "GET /v1/model_workers_map",
            "GET /v1/models",
            "GET /v1/models/*",
            "GET /v1/models/*/traffic",
            "GET /v1/models/*/versions/*",
            "GET /v1/models/*/versions/*/file",
            "GET /v1/task-files/*",
            "GET /v1/tasks",
            "GET /v1/tasks/*",
            "GET /v1/tasks/*/events",
            "GET /v1/tasks/*/leaderboard",
            "GET /v1/tasks/*/log",
            "GET /v1/tasks/*/model",
            "GET /v1/workers",
            "GET /v1/workers/*",
            "POST /v2/repository/index",
            "POST /v2/repository/*/index");

    static Stream<Map.Entry<String, Access>> served() {
        return router.served().entrySet().stream();
    }

    private static Access access(String url) {
        return OPEN.contains(url) ? Access.OPEN : STATE.contains(url) ? Access.STATE : Access.CHANGE;
    }

    private static String own() {
        return "127.0.0.1:" + router.port();
    }

    /** The status of a request with this Host, and headers as they stand on the wire. */
    private static int status(String url, String host, String... headers) throws IOException {
        String target = url.endsWith("/stream") ? url + "?once=true" : url.replace('*', 'x'); // it has no end otherwise
        String head = target + " HTTP/1.1\r\nHost: " + host + "\r\n";
        return Integer.parseInt(response(head + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n"))
                .split(" ")[1]);
    }

    private static String response(String head) throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            return client.say(head + "Connection: close\r\nContent-Length: 0\r\n\r\n")
                    .readAll();
        }
    }

    @Test
    void everyUrlIsForSomebody() {
        assertThat(router.served())
                .allSatisfy((url, access) -> assertThat(access).as(url).isEqualTo(access(url)))
                .containsKeys(OPEN.toArray(String[]::new))
                .containsKeys(STATE.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("served")
    void aPageOfAnotherSiteSeesAndChangesNothing(Map.Entry<String, Access> url) throws IOException {
        for (String header : List.of(
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:3000",
                "Origin: http://" + own() + "\r\nOrigin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://" + own() + "\r\nSec-Fetch-Site: cross-site")) {
            assertThat(status(url.getKey(), own(), header) == 403).as(header).isEqualTo(url.getValue() != Access.OPEN);
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void aLinkOfAnotherSiteLeadsToWhatShowsState(Map.Entry<String, Access> url) throws IOException {
        String link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";

        assertThat(status(url.getKey(), own(), link + "document") == 403).isEqualTo(url.getValue() == Access.CHANGE);
        assertThat(status(url.getKey(), own(), link + "iframe") == 403).isEqualTo(url.getValue() != Access.OPEN);
        assertThat(status(url.getKey(), own(), link + "document\r\nOrigin: https://evil.example") == 403)
                .isEqualTo(url.getValue() != Access.OPEN);
    }

    @ParameterizedTest
    @MethodSource("served")
    void aNameThatIsNotOursSeesAndChangesNothing(Map.Entry<String, Access> url) throws IOException {
        for (String host :
                List.of("evil.example:" + router.port(), "127.0.0.1.evil.example", "192.0.2.7", "a_localhost")) {
            String origin = "Origin: http://" + host;

            assertThat(status(url.getKey(), host) == 403).as(host).isEqualTo(url.getValue() != Access.OPEN);
            assertThat(status(url.getKey(), host, origin) == 403).as(origin).isEqualTo(url.getValue() != Access.OPEN);
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void thePagesOfThisRouterAndWhoIsNoBrowserPass(Map.Entry<String, Access> url) throws IOException {
        String port = ":" + router.port();

        assertThat(List.of(
                        status(url.getKey(), own()),
                        status(url.getKey(), own(), "Origin: http://" + own(), "Sec-Fetch-Site: same-origin"),
                        status(url.getKey(), "LOCALHOST." + port, "Origin: http://localhost" + port),
                        status(url.getKey(), "[::1]:1", "Origin: http://[0::1]:1", "Sec-Fetch-Site: none"),
                        status(url.getKey(), "router.example", "Origin: https://router.example"),
                        status(url.getKey(), "a.localhost", "Origin: https://router.example:8443"),
                        status(url.getKey(), "10.1.2.3:9")))
                .doesNotContain(401, 403);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost,              localhost,      200",
        "http://localhost:80,           localhost,      200",
        "https://localhost,             localhost:443,  200",
        "https://localhost,             localhost:80,   403",
        "http://localhost:81,           localhost,      403",
        "http://127.0.0.1,              localhost,      403",
        "http://127.0.0.1:3000,         127.0.0.1:8000, 403",
        "http://localhost.,             LOCALHOST,      200",
        "http://user@localhost,         localhost,      403",
        "http://localhost/,             localhost,      403",
        "http://localhost http://b,     localhost,      403",
        "'',                            localhost,      403",
        "file://,                       localhost,      403"
    })
    void anOriginIsOurOwnWhereItIsTheHosts(String origin, String host, int status) throws IOException {
        assertThat(status("POST /v1/config/reload", host, "Origin: " + origin)).isEqualTo(status);
    }

    @Test
    void theWholeUrlInTheFirstLineCountsToo() throws IOException {
        assertThat(status("GET http://evil.example/v1/models", "localhost")).isEqualTo(403);
        assertThat(status("GET http://localhost/v1/models", "evil.example")).isEqualTo(403);
        assertThat(status("GET http://localhost/v1/models", "localhost")).isEqualTo(200);
    }

    @Test
    void aUserBeforeTheNameIsNoName() throws IOException {
        assertThat(status("GET /v1/models", "a@localhost")).isIn(400, 403);
        assertThat(status("GET /v1/models", "localhost:80@evil.example")).isIn(400, 403);
    }

    @Test
    void aSecondHostDoesNotHideBehindTheFirst() throws IOException {
        assertThat(status("GET /v1/models", "localhost\r\nHost: evil.example")).isIn(400, 403);
        assertThat(status("GET /v1/models", "evil.example\r\nHost: localhost")).isIn(400, 403);
    }

    @Test
    void whoNamesNobodyIsNoBrowser() throws IOException {
        assertThat(response("GET /v1/models HTTP/1.0\r\n")).startsWith("HTTP/1.0 200");
        assertThat(response("POST /v1/config/reload HTTP/1.0\r\nOrigin: http://localhost\r\n"))
                .contains(" 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE"})
    void aMethodIsTheRequestsOwn(String header) throws IOException {
        router.register(MAP);

        assertThat(status("POST /v1/model_workers_map/AI", own(), header)).isEqualTo(405);
        assertThat(router.delete("/v1/model_workers_map/AI").status()).isEqualTo(200);
    }

    @Test
    void aBrowserThatAsksFirstIsToldOfNoRight() throws IOException {
        String answer = response("OPTIONS /v1/model_workers_map HTTP/1.1\r\nHost: " + own()
                + "\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\n");

        assertThat(answer).startsWith("HTTP/1.1 405").containsIgnoringCase("Allow: GET, HEAD, PUT");
        assertThat(answer).doesNotContainIgnoringCase("access-control");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/hosts_model/predict",
                "POST /v1/hosts_model/inspect/predict",
                "PUT /v1/hosts_model/inspect/predict"
            })
    void aPageHasNoFileLookedAt(String url) throws IOException {
        assertThat(status(url, own(), "Origin: https://evil.example")).isEqualTo(403);
        assertThat(status(url, "evil.example")).isEqualTo(403);
        assertThat(status(url, own())).isNotEqualTo(403);
    }

    @Test
    void aPageIsNotToldTheWayOfACall() throws IOException {
        String predict = "POST /v1/AI_model/fib/predict";

        assertThat(status(predict, "evil.example", "X-Debug-Route: 1")).isEqualTo(403);
        assertThat(status(predict, own(), "X-Debug-Route: 1", "Origin: https://evil.example"))
                .isEqualTo(403);
        assertThat(status(predict, "evil.example", "Origin: http://evil.example"))
                .isEqualTo(400);
    }

    @Test
    void isToldWhyAndTheWayOut() throws IOException {
        assertThat(response("PUT /v1/model_workers_map HTTP/1.1\r\nHost: " + own()
                        + "\r\nOrigin: https://evil.example\r\n"))
                .contains(
                        "application/problem+json",
                        "FORBIDDEN",
                        "a web page of another site",
                        "http.names",
                        "http.token");
        assertThat(response("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\n"))
                .contains("application/problem+json", "'evil.example'", "http.names", "http.token");
        assertThat(response("POST /v2/repository/models/m/load HTTP/1.1\r\nHost: evil.example\r\n"))
                .contains("{\"error\":", "http.names");
        assertThat(response("DELETE /api/v1/models/m HTTP/1.1\r\nHost: evil.example\r\n"))
                .contains("http_status", "http.names");
    }
}
