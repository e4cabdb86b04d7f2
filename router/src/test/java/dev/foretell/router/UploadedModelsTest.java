package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Uploaded models: their versions, what views show of them, and which hosts have room for their files. */
class UploadedModelsTest extends UploadFixture {
    @Test
    void twoUploadsAtOnceAreTwoVersions() {
        CompletableFuture<Answer> one = CompletableFuture.supplyAsync(() -> upload("iris", "ONNX 1"));
        CompletableFuture<Answer> other = CompletableFuture.supplyAsync(() -> upload("iris", "ONNX 2"));

        assertThat(List.of(
                        one.join().json().path("version").asInt(),
                        other.join().json().path("version").asInt()))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(router.get("/v1/models/iris").json().at("/traffic/weights").toString())
                .isEqualTo("""
                        {"1":100}""");
    }

    @Test
    void theSameFileTwiceIsTwoVersionsOfOneFile() throws IOException {
        upload("iris", "ONNX 1");
        upload("iris", "ONNX 1");
        assertThat(files()).containsExactly(digest("ONNX 1"));

        assertThat(router.delete("/v1/models/iris/versions/2").status()).isEqualTo(200);
        assertThat(files()).containsExactly(digest("ONNX 1"));

        upload("iris", "ONNX 1");
        JsonNode versions = router.get("/v1/models/iris").json().path("versions");
        assertThat(versions.findValuesAsText("version")).containsExactly("1", "3");
    }

    @Test
    void whatServesStays() throws IOException {
        upload("iris", "ONNX 1");
        upload("iris", "ONNX 2");

        Answer serving = router.delete("/v1/models/iris/versions/1");
        Answer staged = router.delete("/v1/models/iris/versions/2");
        Answer model = router.delete("/v1/models/iris");

        assertThat(serving.status()).isEqualTo(409);
        assertThat(serving.detail()).contains("takes 100 % of the calls");
        assertThat(staged.status()).isEqualTo(200);
        assertThat(files()).containsExactly(digest("ONNX 1"));
        assertThat(model.status()).isEqualTo(409);
        assertThat(model.detail()).contains("?force=true");
        assertThat(router.delete("/v1/models/iris?force=true").status()).isEqualTo(200);
        assertThat(files()).isEmpty();
        assertThat(router.delete("/v1/models/iris").status()).isEqualTo(404);
    }

    @Test
    void aModelThatNoHostHasTheMemoryForIsRefused() {
        FakeHost.at(router)
                .inspects(call -> call.answer(200, FakeHost.FOUND.replaceFirst("[{]", "{\"memory\":900000000,")))
                .says(FakeHost.INDEX.replace("{\"max\"", "{\"memory\":536870912,\"max\""))
                .servesAlone(router);

        Answer refused = upload("iris", "ONNX 1");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail())
                .contains("needs about 858 MiB", "no host has more than 512 MiB", "foretell host --memory SIZE");
        awaitNoFiles();
    }

    private static FakeHost tooSmall(Queue<Integer> asked, int number) {
        return FakeHost.at(router).inspects(call -> {
            asked.add(number);
            call.answer(413, """
                    {"error":"it has too little memory; start one with more"}""");
        });
    }

    @Test
    void aFileThatHostsAreTooSmallForIsLookedAtByTheNext() {
        Queue<Integer> asked = new ConcurrentLinkedQueue<>();
        List<FakeHost> hosts =
                IntStream.range(0, 5).mapToObj(i -> tooSmall(asked, i)).collect(Collectors.toList());
        hosts.add(FakeHost.at(router).fetchesFrom(router));
        FakeHost.serve(router, hosts.toArray(FakeHost[]::new));

        for (int i = 0; i < 10; i++) {
            asked.clear();
            assertThat(upload("large" + i, "ONNX " + i).status()).isEqualTo(201);
            assertThat(asked).doesNotHaveDuplicates();
        }

        JsonNode map = router.get("/v1/model_workers_map?model-type=hosts").json();
        assertThat(hosts)
                .allSatisfy(host -> assertThat(
                                map.path(host.worker().id()).path("state").asText())
                        .isEqualTo("READY"));
    }

    @Test
    void aFileThatAllHostsAreTooSmallForIsRefusedWithTheWayOut() {
        Queue<Integer> asked = new ConcurrentLinkedQueue<>();
        FakeHost.serve(router, tooSmall(asked, 1));
        Answer byOne = upload("large", "ONNX 1");
        FakeHost.serve(router, tooSmall(asked, 2), tooSmall(asked, 3));
        Answer byTwo = upload("large", "ONNX 1");

        assertThat(byOne.status()).isEqualTo(422);
        assertThat(byOne.detail())
                .isEqualTo("the model host that could inspect the file is too small for it: it has too little memory;"
                        + " start one with more");
        assertThat(byTwo.status()).isEqualTo(422);
        assertThat(byTwo.detail())
                .isEqualTo("the 2 model hosts that could inspect the file are too small for it; the last one"
                        + " reports: it has too"
                        + " little memory; start one with more");
        assertThat(asked).containsExactlyInAnyOrder(1, 2, 3);
        awaitNoFiles();
    }

    @Test
    void hostsAreToldWhichFilesAreNoMore() {
        List<String> forgotten = new CopyOnWriteArrayList<>();
        FakeHost.at(router)
                .fetchesFrom(router)
                .forgets(call -> {
                    forgotten.add(call.json().path("digest").asText());
                    call.answer(200, "{}");
                })
                .servesAlone(router);
        upload("iris", "ONNX 1");
        upload("iris", "ONNX 2");
        upload("other", "ONNX 2");
        upload("iris", "none");

        router.delete("/v1/models/iris?force=true");

        Awaitility.await().untilAsserted(() -> assertThat(forgotten).contains(digest("none"), digest("ONNX 1")));
        assertThat(forgotten).doesNotContain(digest("ONNX 2"));
        router.delete("/v1/models/other?force=true");
        Awaitility.await().untilAsserted(() -> assertThat(forgotten).contains(digest("ONNX 2")));
    }

    @Test
    void whatIsSaidOfAModelMayChange() {
        upload("iris", "ONNX 1");

        Answer patched = router.send("PATCH", "/v1/models/iris", BodyPublishers.ofString("""
                {"description":"new","labels":{"a":"b"},"replicas":3}"""));
        Answer wrong = router.send("PATCH", "/v1/models/iris", BodyPublishers.ofString("""
                {"replicas":0}"""));

        assertThat(patched.json().path("description").asText()).isEqualTo("new");
        assertThat(patched.json().path("replicas").asInt()).isEqualTo(3);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(router.get("/v1/models/iris").json()).isEqualTo(patched.json());
        assertThat(router.get("/v1/models/irsi").detail()).contains("did you mean iris");
    }

    @Test
    void aNameIsAFunctionsOrAModels() {
        FakeWorker worker = router.worker(Scripts.answers("1"));
        upload("iris", "ONNX 1");

        Answer function = router.register("""
                {"AI":{"iris":[%s]}}""".formatted(worker.entry()));
        Answer ofOtherType = router.register("""
                {"ML":{"iris":[%s]}}""".formatted(worker.entry()));
        router.register("""
                {"AI":{"fib":[%s]}}""".formatted(worker.entry()));
        Answer model = upload("fib", "ONNX 1");

        assertThat(function.status()).isEqualTo(409);
        assertThat(function.detail()).contains("AI/iris is a registered model");
        assertThat(ofOtherType.status()).isEqualTo(200);
        assertThat(model.status()).isEqualTo(409);
        assertThat(upload("iris?type=ML", "ONNX 1").status()).isIn(404, 405, 422);
    }
}
