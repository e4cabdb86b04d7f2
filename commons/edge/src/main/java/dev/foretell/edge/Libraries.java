package dev.foretell.edge;

import io.netty.util.Version;

/**
 * Checks the versions of libraries on the class path: a build with managed versions, such as Spring Boot's, may bring
 * others.
 */
public final class Libraries {
    private static final String ONLY_IN_NETTY_4_2 = "io.netty.channel.IoHandlerFactory";

    private Libraries() {}

    /**
     * Call it before using Vert.x, which would otherwise fail with a {@link NoClassDefFoundError}.
     *
     * @throws IllegalStateException with a hint
     */
    public static void require() {
        require(Libraries.class.getClassLoader());
    }

    static void require(ClassLoader loader) {
        try {
            Class.forName(ONLY_IN_NETTY_4_2, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Netty 4.2 is needed, and " + version(loader)
                            + " is on the class path; where Spring Boot manages versions, set the properties"
                            + " netty.version to"
                            + " 4.2.18.Final and jackson-bom.version to 2.22.4",
                    e);
        }
    }

    private static String version(ClassLoader loader) {
        Version version = Version.identify(loader).get("netty-common");
        return version == null ? "none" : version.artifactVersion();
    }
}
