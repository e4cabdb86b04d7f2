package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A long body of many different names is a body like any other: taken in as it comes, passed on as it is. */
class WideBodyTest {
    private static final String SMALL = """
            {"modelId":"fib","data":{"n":2}}""";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @Test
    void isPassedOnWhileOthersAreAnswered() throws ExecutionException, InterruptedException {
        Queue<String> passedOn = new ConcurrentLinkedQueue<>();
        FakeWorker worker = router.worker(call -> {
            passedOn.add(call.body());
            call.answer(200, "2");
        });
        router.serve(worker);
        String data = wide(500_000);

        CompletableFuture<Answer> wideCall =
                CompletableFuture.supplyAsync(() -> router.predictBody("""
                        {"modelId":"fib","data":%s}""".formatted(data)));
        for (int i = 0; i < 20; i++) {
            assertThat(router.predictBody(SMALL).status()).isEqualTo(200);
        }

        assertThat(wideCall.get().status()).isEqualTo(200);
        assertThat(passedOn.contains(data)).isTrue();
    }

    @Test
    void isRefusedAtItsLastByteWithItsPlace() {
        Answer answer = router.predictBody("""
                {"modelId":"fib","data":%s,}""".formatted(wide(200_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("unexpected '}' after a comma (line 1, column ");
    }

    private static String wide(int names) {
        StringBuilder data = new StringBuilder("{");
        for (int i = 0; i < names; i++) {
            data.append(i == 0 ? "" : ",")
                    .append("\"k")
                    .append(Integer.toHexString(i * 7919))
                    .append("\":1");
        }
        return data.append('}').toString();
    }
}
