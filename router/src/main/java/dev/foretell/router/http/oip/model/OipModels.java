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

    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND}, naming the nearest ones */
    public OipModel find(String name, @Nullable String version) {
        return lookUp(name, version).orElseThrow(() -> missing(name, version));
    }

    /**
     * The same, or empty. It only compares names and describes no other models, so that an ensemble can look
     * up its members while all models are described.
     */
    private Optional<OipModel> lookUp(String name, @Nullable String version) {
        Optional<RegisteredModel> registered = findRegistered(name);
        if (registered.isPresent()) {
            return registered.map(model -> version(model, version == null ? afterColon(name) : version));
        }
        if (version != null) {
            return Optional.empty();
        }
        Optional<Ensemble> ensemble = findEnsemble(name);
        if (ensemble.isPresent()) {
            return ensemble.map(this::ensemble);
        }
        List<EndpointPool> found = functions(name);
        return found.size() == 1 ? Optional.of(function(found.get(0))) : Optional.empty();
    }

    /** Whether there is one now. */
    boolean has(String name) {
        try {
            return lookUp(name, null).isPresent();
        } catch (ServingException gone) { // its version has gone, or its entry cannot be read
            return false;
        }
    }

    private ServingException missing(String name, @Nullable String version) {
        List<EndpointPool> found = functions(name);
        if (version != null && (!found.isEmpty() || findEnsemble(name).isPresent())) {
            return notFound("model '" + name + "' has no versions");
        }
        if (!found.isEmpty()) {
            return notFound(several(found));
        }
        pools.requireReadable(name);
        return notFound("no model '" + NearestNames.abbreviate(name) + "'" + NearestNames.of(name, names()));
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
                lookUp(member.id(), null).ifPresent(members::add);
            } catch (ServingException gone) {
                continue; // its version has gone, or its entry cannot be read
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
        List<String> names = new ArrayList<>(registry.current().byName().keySet());
        names.addAll(ensembles.current().byName().keySet());
        pools.all().stream().filter(this::isFunction).map(this::nameOf).forEach(names::add);
        return names;
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
        return new FunctionModel(nameOf(pool), pool, signatures.of(pool));
    }

    private String nameOf(EndpointPool pool) {
        boolean isAlone = functions(pool.model().name()).size() == 1;
        return isAlone ? pool.model().name() : pool.model().toString();
    }
}
