package dev.foretell.router.http.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.QueryText;
import dev.foretell.router.models.ModelPatch;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.files.ModelFiles;
import dev.foretell.router.models.files.StoredText;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Upload of model files, as a body or in a form, and their download. Each event loop has one. */
public final class FilesApi implements RouteGroup {
    private static final String[] SAID = {"type", "description", "labels", "sample", "sha256", "source", "filename"};
    private static final String VERSIONS = ModelsApi.MODEL + "/versions";

    private final ModelRegistry registry;
    private final ModelFiles files;
    private final Uploads uploads;
    private final PredictService answers;

    public FilesApi(ModelRegistry registry, ModelFiles files, Uploads uploads, PredictService answers) {
        this.registry = registry;
        this.files = files;
        this.uploads = uploads;
        this.answers = answers;
    }

    @Override
    public void addTo(Routes routes) {
        routes.change(HttpMethod.POST, VERSIONS, this::upload, SAID);
        routes.change(HttpMethod.PUT, VERSIONS, this::upload, SAID);
        routes.state(HttpMethod.GET, ModelsApi.VERSION + "/file", this::download);
        routes.state(HttpMethod.GET, Hosting.BLOBS + ":digest", this::blob);
    }

    private Future<Object> upload(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        Uploads.requireName(name);
        return UploadForm.read(
                        ctx.request(),
                        files::requireFits,
                        (body, fields) -> uploads.upload(name, body, () -> wish(ctx, fields.get()), answers))
                .map(uploaded -> {
                    ctx.response().setStatusCode(201);
                    ctx.response()
                            .putHeader(
                                    HttpHeaders.LOCATION,
                                    "/v1/models/" + name + "/versions/"
                                            + uploaded.version().number());
                    return VersionView.of(uploaded.model(), uploaded.version());
                });
    }

    /** Uses the form's fields, or else the query. */
    private static Uploads.Wish wish(RoutingContext ctx, MultiMap fields) {
        MultiMap given = QueryText.require(
                MultiMap.caseInsensitiveMultiMap().setAll(ctx.queryParams()).addAll(fields), SAID);
        HttpServerRequest request = ctx.request();
        return new Uploads.Wish(
                last(given, "type"),
                last(given, "description"),
                labels(last(given, "labels")),
                sample(last(given, "sample")),
                Optional.ofNullable(request.getHeader("X-Content-SHA256")).orElse(last(given, "sha256")),
                provenance(request, given));
    }

    private static @Nullable String last(MultiMap given, String name) {
        var all = given.getAll(name);
        return all.isEmpty() ? null : StoredText.require(name, all.get(all.size() - 1));
    }

    private static @Nullable Map<String, String> labels(@Nullable String json) {
        return json == null ? null : ModelPatch.labels(tree("labels", json));
    }

    private static @Nullable String sample(@Nullable String json) {
        return json == null ? null : tree("sample", json).toString();
    }

    private static JsonNode tree(String field, String json) {
        if (json.isBlank()) {
            throw new ServingException(FailureKind.INVALID_INPUT, field + " must be JSON, and is empty");
        }
        try {
            return Json.readStorable(json.getBytes(StandardCharsets.UTF_8));
        } catch (ServingException e) {
            throw new ServingException(e.kind(), field + " must be JSON: " + e.detail(), e);
        }
    }

    private static Map<String, String> provenance(HttpServerRequest request, MultiMap given) {
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("from", request.remoteAddress().hostAddress());
        for (String field : new String[] {"source", "filename"}) {
            String value = last(given, field);
            if (value != null) {
                provenance.put(field, StoredText.cut(value, 1000));
            }
        }
        return provenance;
    }

    private Future<Object> download(RoutingContext ctx) {
        ModelVersion version = ModelsApi.require(registry, ctx).require(ModelsApi.number(ctx));
        ctx.response()
                .putHeader(
                        "Content-Disposition",
                        "attachment; filename=\"" + ctx.pathParam("name") + "-" + version.number() + ".onnx\"");
        return FileResponse.send(ctx, files.find(version.digest()));
    }

    private Future<Object> blob(RoutingContext ctx) {
        return FileResponse.send(ctx, files.find(ctx.pathParam("digest")));
    }
}
