package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.models.FileResponse;
import dev.foretell.router.http.models.UploadForm;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.files.ModelFiles;
import dev.foretell.router.models.files.StoredText;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files of {@code /api/v1/models}: upload, download, and deletion with their models. Each event loop has one. */
final class FilesApi {
    /** The response to a deletion. */
    private record Deleted(@JsonProperty("http_status") HttpStatus status, String model) {}

    private final Catalogue models;
    private final ModelFiles files;
    private final Uploads uploads;
    private final Promotion promotion;
    private final PredictService answers;

    FilesApi(Catalogue models, ModelFiles files, Uploads uploads, Promotion promotion, PredictService answers) {
        this.models = models;
        this.files = files;
        this.uploads = uploads;
        this.promotion = promotion;
        this.answers = answers;
    }

    /** An uploaded file serves at once if the name is new; otherwise as soon as it can replace the current version. */
    Future<Object> upload(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        requireOnnx(name);
        Uploads.requireName(OnnxName.ours(name));
        return UploadForm.read(
                        ctx.request(), files::requireFits, (file, fields) -> upload(ctx.request(), name, file, fields))
                .compose(this::serve)
                .map(done -> ModelsApi.view("Model uploaded", models.require(name)));
    }

    private Future<Uploads.Uploaded> upload(
            HttpServerRequest request, String name, ReadStream<Buffer> file, Supplier<MultiMap> fields) {
        String filename = fields.get().get("filename");
        if (filename != null && OnnxName.isOther(filename)) {
            file.handler(piece -> {}).resume();
            return Future.failedFuture(notOnnx(filename));
        }
        return uploads.upload(OnnxName.ours(name), file, () -> wish(request, fields.get()), answers);
    }

    private Future<?> serve(Uploads.Uploaded uploaded) {
        int version = uploaded.version().number();
        return uploaded.model().traffic().weights().containsKey(version)
                ? Future.succeededFuture()
                : promotion.to(uploaded.model().name(), version);
    }

    private static void requireOnnx(String name) {
        if (OnnxName.isOther(name)) {
            throw notOnnx(name);
        }
    }

    private static ServingException notOnnx(String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return new ServingException(
                FailureKind.UNSUPPORTED_MEDIA_TYPE, "'" + shown + "' is not an .onnx file, the only supported type");
    }

    private static Uploads.Wish wish(HttpServerRequest request, MultiMap fields) {
        return new Uploads.Wish(
                null,
                StoredText.require("model_description", fields.get("model_description")),
                null,
                null,
                request.getHeader("X-Content-SHA256"),
                provenance(request, StoredText.require("the file's name", fields.get("filename"))));
    }

    private static Map<String, String> provenance(HttpServerRequest request, @Nullable String filename) {
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("from", request.remoteAddress().hostAddress());
        if (filename != null) {
            provenance.put("filename", StoredText.cut(filename, 1000));
        }
        return provenance;
    }

    Future<Object> download(RoutingContext ctx) {
        RegisteredModel model = models.require(ctx.pathParam("name"));
        ModelVersion version = Catalogue.version(model, ctx.request().getParam("version"));
        ctx.response()
                .putHeader("Content-Disposition", "attachment; filename=\"" + OnnxName.theirs(model.name()) + "\"");
        return FileResponse.send(ctx, files.find(version.digest()));
    }

    Future<Object> delete(RoutingContext ctx) {
        RegisteredModel model = models.require(ctx.pathParam("name"));
        return uploads.remove(model.name(), true)
                .map(gone -> new Deleted(HttpStatus.ok("Model deleted"), OnnxName.theirs(model.name())));
    }
}
