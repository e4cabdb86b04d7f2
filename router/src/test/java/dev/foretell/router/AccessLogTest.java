package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What the access log has of a request: who asked for what, what came of it, and where calls of models went. */
class AccessLogTest {
    private static final String TIME = "[0-9]+\\.[0-9]{3} ms";
    private static final String STREAM =
            "127.0.0.1 POST /v1/AI_model/fib/predict %d 2 bytes " + TIME + " - AI/fib .* 1";
    private static final String OF = "0\r\nX-Foretell-Error-Of: %s\r\n\r\n";
    private static final String ITEM = "1\n\r\n";
    private static final String END = "0\r\n\r\n";
    private static final String ALL = "";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.access-log", "true");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        access().addAppender(log);
    }

    @AfterEach
    void stop() {
        access().detachAppender(log);
    }

    private static Logger access() {
        return (Logger) LoggerFactory.getLogger("access");
    }

    private void awaitLine(String pattern) {
        Awaitility.await().untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.matches(pattern)));
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void callsHaveTheirModelTheWorkerThatHadThemLastAndHowManyHadThem() {
        FakeWorker broken = router.worker(Scripts.closesWithoutAWord());
        FakeWorker well = router.worker(call -> call.answer(200, "2"));
        router.serve(broken, well);
        router.awaitState(broken, "READY");
        router.awaitState(well, "READY");

        for (int i = 0; i < 20; i++) {
            router.predict("X-Request-Id", "mine-" + i);
        }
        router.post("/v1/AI_model/fib/predict", "{}");

        awaitLine(
                "127.0.0.1 POST /v1/AI_model/predict 200 1 bytes " + TIME + " mine-[0-9]+ AI/fib " + well.id() + " 1");
        awaitLine(
                "127.0.0.1 POST /v1/AI_model/predict 200 1 bytes " + TIME + " mine-[0-9]+ AI/fib " + well.id() + " 2");
        awaitLine("127.0.0.1 POST /v1/AI_model/fib/predict 200 1 bytes " + TIME + " - AI/fib " + well.id() + " [12]");
    }

    @Test
    void whatIsRefusedIsThereToo() throws IOException {
        router.predictBody("""
                {"modelId":"nosuch","data":{}}""");
        router.get("/v1/workers");
        RawClient client = RawClient.to(router.port());
        client.say("GET /livez" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: r\r\n\r\n");
        client.readUntil("\r\n\r\n");
        client.close();

        awaitLine("127.0.0.1 POST /v1/AI_model/predict 404 [0-9]+ bytes " + TIME + " [0-9a-f]+ - - 0");
        awaitLine("127.0.0.1 GET /v1/workers 200 [0-9]+ bytes " + TIME + " -");
        awaitLine("127.0.0.1 GET .* 414 [0-9]+ bytes " + TIME + " [0-9a-f]+");
    }

    @Test
    void whoHangsUpIsToldFromWhoWasAnswered() throws IOException {
        FakeWorker worker = router.worker(Scripts.hangs());
        router.serve(worker);
        router.awaitState(worker, "READY");

        RawClient client = RawClient.to(router.port());
        client.say("""
                POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nContent-Length: 24\r\n\r\n{"modelId":"fib","data":1""");
        client.close();
        RawClient second = RawClient.to(router.port());
        second.say("POST /v1/AI_model/fib/predict HTTP/1.1\r\nHost: r\r\nContent-Length: 2\r\n\r\n{}");
        Awaitility.await().until(() -> worker.calls() == 1);
        second.close();

        awaitLine("127.0.0.1 POST /v1/AI_model/fib/predict 499 0 bytes " + TIME + " - AI/fib " + worker.id() + " 1");
        awaitLine("127.0.0.1 POST /v1/AI_model/predict 400 [0-9]+ bytes " + TIME + " [0-9a-f]+ - - 0");
        assertThat(lines().stream().filter(line -> line.contains(" POST "))).hasSize(2);
    }

    @Test
    void aStreamThatItsCallerLeavesHasALineAndSoHasEachThatBreaksOff() throws IOException {
        String first = Scripts.LINES + Scripts.chunk("1\n");

        assertThat(lineOf(ITEM, call -> {
                    call.write(first);
                    call.awaitHangUp();
                }))
                .matches(STREAM.formatted(499));
        assertThat(lineOf(ALL, call -> {
                    call.write(first);
                    call.socket().close();
                }))
                .matches(STREAM.formatted(502));
        assertThat(lineOf(ALL, call -> call.write(first + OF.formatted("function"))))
                .matches(STREAM.formatted(500));
        assertThat(lineOf(ALL, call -> call.write(first + OF.formatted("input"))))
                .matches(STREAM.formatted(422));
        assertThat(lineOf(END, call -> call.write(first + END))).matches(STREAM.formatted(200));
    }

    /** The one line of a stream whose caller leaves once it has read so far. */
    private String lineOf(String readUntil, FakeWorker.Script script) throws IOException {
        FakeWorker worker = router.worker(script);
        router.serve(worker);
        router.awaitState(worker, "READY");
        int before = streams().size();
        try (RawClient client = RawClient.to(router.port())) {
            client.say("POST /v1/AI_model/fib/predict HTTP/1.1\r\nHost: r\r\nContent-Length: 2\r\n\r\n{}");
            if (readUntil.equals(ALL)) {
                client.readAll();
            } else {
                client.readUntil(readUntil);
            }
        }
        Awaitility.await().until(() -> streams().size() > before);
        assertThat(streams()).hasSize(before + 1);
        return streams().get(before);
    }

    private List<String> streams() {
        return lines().stream().filter(line -> line.contains("fib/predict")).toList();
    }

    @Test
    void whoHangsUpBeforeAnAnswerOfTheRoutersOwnHasALineToo() throws IOException {
        FakeWorker worker = router.worker(Scripts.hangs());
        router.serve(worker);
        router.awaitState(worker, "READY");
        router.predictAsync("{}");
        Awaitility.await().until(() -> worker.calls() == 1);

        RawClient client = RawClient.to(router.port());
        client.say("POST /v1/workers/" + worker.id()
                + "/drain?wait=60s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        router.awaitState(worker, "DRAINING");
        client.close();

        awaitLine("127.0.0.1 POST /v1/workers/" + worker.id() + "/drain 499 0 bytes " + TIME + " -");
    }

    @Test
    void nothingACallerWritesEndsItsLine() throws IOException {
        RawClient client = RawClient.to(router.port());
        client.say("GET /livez/\u001b[2J\u0007 HTTP/1.1\r\nHost: r\r\n\r\n");
        client.readUntil("\r\n\r\n");
        client.close();

        awaitLine("127.0.0.1 GET .* 40[04] .*");
        assertThat(lines()).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7f));
    }
}
