package dev.foretell.router.http.oip.model;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the model of a URL: a registered one, an ensemble, or else one that functions serve. The protocol has no model types: if
 * models of several types have the same name, the URL must include the type, {@code AI%2Ffib}. Thread-safe.
 */
public record OipModels(
        ModelRegistry registry, EnsembleRegistry ensembles, EndpointPools pools, FunctionSignatures signatures) {
    public OipModels(ModelRegistry registry, EnsembleRegistry ensembles, EndpointPools pools) {
        this(registry, ensembles, pools, new FunctionSignatures());
    }

    /** The model and version in a URL. */
    public OipModel of(RoutingContext ctx) {
        return find(ctx.pathParam("model"), ctx.pathParam("version"));
    }

    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} */
    public OipModel find(String name, @Nullable String version) {
        RegisteredModel registered = findRegistered(name).orElse(null);
        if (registered != null) {
            return version(registered, version == null ? afterColon(name) : version);
        }
        Ensemble ensemble = findEnsemble(name).orElse(null);
        if (ensemble != null && version == null) {
            return ensemble(ensemble);
        }
        List<EndpointPool> found = functions(name);
        if (found.size() == 1 && version == null) {
            return function(found.get(0));
        }
        if (found.isEmpty()) {
            pools.requireReadable(name);
        }
        throw found.isEmpty()
                ? notFound("no model '" + NearestNames.abbreviate(name) + "'" + NearestNames.of(name, names()))
                : notFound(version == null ? several(found) : "model '" + name + "' has no versions");
    }

    /** The registered model with a name, with any version. */
    public Optional<RegisteredModel> findRegistered(String name) {
        int slash = name.indexOf('/');
        int colon = name.indexOf(':');
        String base = name.substring(slash + 1, colon < 0 ? name.length() : Math.max(colon, slash + 1));
        return registry.current()
                .find(base)
                .filter(model -> slash < 0 || model.type().equals(name.substring(0, slash)));
    }

    private Optional<Ensemble> findEnsemble(String name) {
        int slash = name.indexOf('/');
        return ensembles
                .current()
                .find(name.substring(slash + 1))
                .filter(found -> slash < 0 || found.type().equals(name.substring(0, slash)));
    }

    private EnsembleModel ensemble(Ensemble ensemble) {
        List<OipModel> members = new ArrayList<>();
        for (Member member : ensemble.members()) {
            try {
                members.add(find(member.id(), null));
            } catch (ServingException gone) {
                continue; // it has gone since the ensemble was created
            }
        }
        return new EnsembleModel(ensemble, members);
    }

    private static @Nullable String afterColon(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? null : name.substring(colon + 1);
    }

    /** @param asked a number or an alias; null if the traffic plan decides */
    private FileModel version(RegisteredModel model, @Nullable String asked) {
        if (asked == null) {
            return FileModel.ofTraffic(model, pools);
        }
        ModelVersion version = model.versions().get(model.aliases().getOrDefault(asked, number(asked)));
        if (version == null) {
            throw notFound("model '" + model.name() + "' has no version '" + NearestNames.abbreviate(asked)
                    + "'; it has " + model.versions().keySet());
        }
        return new FileModel(model, version, model.name() + ":" + version.number(), pools);
    }

    /** 0, which is never a version, if the text is not a number. */
    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : 0;
    }

    private static String several(List<EndpointPool> found) {
        return "models of several types have this name: "
                + found.stream().map(pool -> pool.model().toString()).collect(Collectors.joining(", "));
    }

    private static ServingException notFound(String detail) {
        return new ServingException(FailureKind.MODEL_NOT_FOUND, detail);
    }

    private List<String> names() {
        return all().stream().map(OipModel::name).toList();
    }

    /** All models; registered ones once per version. */
    public List<OipModel> all() {
        List<OipModel> all = new ArrayList<>();
        registry.current()
                .byName()
                .values()
                .forEach(model ->
                        model.versions().keySet().forEach(number -> all.add(version(model, number.toString()))));
        ensembles.current().byName().values().forEach(ensemble -> all.add(ensemble(ensemble)));
        pools.all().stream().filter(this::isFunction).map(this::function).forEach(all::add);
        return all;
    }

    private List<EndpointPool> functions(String name) {
        int slash = name.indexOf('/');
        List<EndpointPool> named = slash < 0
                ? pools.byName(name)
                : one(pools.ofType(name.substring(0, slash)).get(name.substring(slash + 1)));
        return named.stream().filter(this::isFunction).toList();
    }

    private static List<EndpointPool> one(@Nullable EndpointPool pool) {
        return pool == null ? List.of() : List.of(pool);
    }

    /** Versions of registered models have pools too, and so do hosts. */
    private boolean isFunction(EndpointPool pool) {
        return !pool.model().type().equals(Hosting.TYPE)
                && pool.model().equals(pool.model().base())
                && !registry.current().byName().containsKey(pool.model().name())
                && !ensembles.current().has(pool.model());
    }

    private FunctionModel function(EndpointPool pool) {
        boolean alone = functions(pool.model().name()).size() == 1;
        return new FunctionModel(alone ? pool.model().name() : pool.model().toString(), pool, signatures.of(pool));
    }
}
