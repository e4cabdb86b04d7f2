package dev.foretell.worker.onnx.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.onnx.BlobServer;
import dev.foretell.worker.onnx.TinyModels;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Runs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which models are loaded. */
class ModelShelfTest {
    private final BlobServer pool = new BlobServer();
    private final AtomicLong now = new AtomicLong(1);
    private final AtomicInteger loads = new AtomicInteger();
    /** Room for two. */
    private final ModelShelf shelf = shelf("1100k");

    private ModelShelf shelf(String memory) {
        return shelf(memory, (files, config) -> new ModelShelf(files, config, this::load, now::incrementAndGet));
    }

    private HostedModel load(Path file) {
        loads.incrementAndGet();
        return new HostedModel(OnnxModel.load(file, Runs.withThreads(1)));
    }

    private ModelShelf shelf(String memory, BiFunction<FileShelf, ShelfConfig, ModelShelf> made) {
        // One loader: it has let go of a model before it brings the next.
        ShelfConfig config = new ShelfConfig(memory, "", "1g", 1, Duration.ofMinutes(10), Duration.ofSeconds(3));
        FileShelf files = new FileShelf(
                ShelfFolder.open(""), new RouterBlobs(pool.url(), "", config.fetchTimeout()), config.diskBytes());
        return made.apply(files, config);
    }

    @AfterEach
    void stop() {
        shelf.close();
        pool.close();
    }

    private String model(int number) {
        return pool.add(TinyModels.with(TinyModels.identity(DataType.FLOAT, 1), "number", Integer.toString(number))
                .toByteArray());
    }

    private void use(String digest) throws InterruptedException {
        try (ShelvedModel held = shelf.take(digest)) {
            assertThat(held.model().model().inputs()).hasSize(1);
        }
    }

    @Test
    void theOneNotUsedForLongestGoes() throws Exception {
        String one = model(1);
        String two = model(2);
        use(one);
        use(two);
        use(one);
        use(model(3));

        assertThat(shelf.size()).isEqualTo(2);
        assertThat(shelf.prepare(one)).isNull();
        assertThat(shelf.prepare(two)).isNotNull();
    }

    @Test
    void oneInUseIsWaitedFor() throws Exception {
        String one = model(1);
        String two = model(2);
        ShelvedModel first = shelf.take(one);
        ShelvedModel second = shelf.take(two);
        CompletableFuture<Void> third =
                Objects.requireNonNull(shelf.prepare(model(3))).toCompletableFuture();

        assertThat(shelf.prepare(one)).isNull();
        assertThat(third).isNotDone();
        first.close();
        third.get(60, TimeUnit.SECONDS);

        assertThat(shelf.prepare(one)).isNotNull();
        assertThat(second.model().model().inputs()).hasSize(1);
        second.close();
    }

    @Test
    void whatIsForgottenGoesAtOnceWithItsFile() throws Exception {
        String one = model(1);
        use(one);

        shelf.forget(one);

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.size() == 0 && shelf.bytes() == 0);
        use(one);
        assertThat(pool.fetched()).isEqualTo(2);
    }

    @Test
    void whatIsForgottenInUseGoesAfterThat() throws Exception {
        String one = model(1);
        ShelvedModel used = shelf.take(one);

        shelf.forget(one);
        assertThat(used.model().model().inputs()).hasSize(1);
        used.close();

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.size() == 0 && shelf.bytes() == 0);
    }

    /** Of models that take 80 MB each as they are loaded. */
    private ModelShelf measuring(String memory) {
        AtomicLong taken = new AtomicLong();
        Function<Path, HostedModel> loader = file -> {
            taken.addAndGet(80_000_000);
            return new HostedModel(OnnxModel.load(file, Runs.withThreads(1)));
        };
        return shelf(
                memory,
                (files, config) -> new ModelShelf(
                        files,
                        config,
                        new MeasuredLoads(loader, () -> OptionalLong.of(taken.get())),
                        now::incrementAndGet));
    }

    @Test
    void theMemoryIsABoundForWhatModelsTakeAndNotForTheirFiles() throws Exception {
        try (ModelShelf small = measuring("200m")) {
            for (int number = 1; number <= 4; number++) {
                try (ShelvedModel model = small.take(model(number))) {
                    assertThat(model.bytes()).isEqualTo(80_000_000);
                }
                assertThat(small.bytes()).isLessThan(200 << 20);
            }
            assertThat(small.size()).isEqualTo(2);
        }
        try (ModelShelf tiny = measuring("60m")) {
            String model = model(5);
            assertThatThrownBy(() -> tiny.take(model)).hasMessageContaining("the model needs about ");
            assertThat(tiny.bytes()).isZero();
        }
    }

    /** 141 bytes that make 320 MB of weights; what other tests let go of meanwhile is a fraction of that. */
    @Test
    void whatALoadTakesIsMeasured() throws Exception {
        String weighty = pool.add(TinyModels.weights(80_000_000, 1).toByteArray());

        try (ModelShelf large = shelf("1g");
                ShelvedModel model = large.take(weighty)) {
            assertThat(model.bytes()).isGreaterThan(200_000_000);
            assertThat(large.bytes()).isEqualTo(model.bytes());
        }
    }

    @Test
    void preparingGivesNobodyTheModel() throws Exception {
        String one = model(1);

        assertThat(Objects.requireNonNull(shelf.prepare(one))
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS))
                .isNull();
        use(one);
        assertThat(loads).hasValue(1);
    }

    @Test
    void whatCannotBeLoadedIsNotTriedAgainForAWhile() throws Exception {
        String text = pool.add("no model".getBytes(StandardCharsets.UTF_8));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> use(text)).isInstanceOf(ServingException.class);
        }
        assertThat(loads).hasValue(1);
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThatThrownBy(() -> use(text)).isInstanceOf(ServingException.class);
        assertThat(loads).hasValue(2);
        assertThat(shelf.bytes()).isZero();
    }
}
