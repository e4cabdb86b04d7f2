package dev.foretell.cli.options;

import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.RouterConfig;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.onnx.HostConfig;
import java.util.Map;
import java.util.Set;

/** The environment variables with our prefix: of routers, workers, hosts, the launcher, and others. */
public final class Variables {
    private static final Set<String> ROUTERS = ConfigLoader.variables(RouterConfig.defaults());
    private static final Set<String> WORKERS = ConfigLoader.variables(WorkerConfig.defaults());
    private static final Set<String> HOSTS = ConfigLoader.variables(HostConfig.defaults());
    private static final Set<String> OF_THE_COMMAND = Set.of(
            "FORETELL_ROUTER",
            RouterToken.VARIABLE,
            RouterToken.FILE_VARIABLE,
            TrainingPriority.VARIABLE,
            "FORETELL_BUILT",
            "FORETELL_JAVA_OPTS",
            "FORETELL_RESTART",
            "FORETELL_LOGS",
            "FORETELL_LOG_TO",
            "FORETELL_LOG_FORMAT",
            "FORETELL_LOG_LEVEL");

    private Variables() {}

    /** Whether a variable is known to a router, worker or host. */
    public static boolean isKnown(String name) {
        return isKnown(name, System.getenv());
    }

    /** Kubernetes sets variables such as FORETELL_PORT=tcp://… in each pod for a service named foretell. */
    static boolean isKnown(String name, Map<String, String> environment) {
        return ROUTERS.contains(name)
                || WORKERS.contains(name)
                || HOSTS.contains(name)
                || OF_THE_COMMAND.contains(name)
                || name.contains("_SERVICE_")
                || name.matches(".*_PORT_\\d+_(TCP|UDP|SCTP).*")
                || environment.getOrDefault(name, "").matches("(tcp|udp|sctp)://.*");
    }
}
