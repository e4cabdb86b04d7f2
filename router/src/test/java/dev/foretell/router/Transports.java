package dev.foretell.router;

import dev.foretell.edge.EventLoops;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The transports that this machine has, for {@link OnEveryTransport} and for a single test:
 * {@code @ParameterizedTest @ArgumentsSource(Transports.class) void test(EventLoops transport)}.
 */
public final class Transports implements ClassTemplateInvocationContextProvider, ArgumentsProvider {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Transports.class);

    static Stream<EventLoops> ofThisMachine() {
        return Stream.of(EventLoops.NIO, EventLoops.EPOLL).filter(EventLoops::isThere);
    }

    /** What the tests of this context run on; empty where they run on what is the default. */
    static Optional<EventLoops> of(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(OURS).get(EventLoops.class, EventLoops.class));
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return ofThisMachine().map(Arguments::of);
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<On> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return ofThisMachine().map(On::new);
    }

    /** One run of the class. Its constructor and its methods may ask for the transport. */
    record On(EventLoops transport) implements ClassTemplateInvocationContext, ParameterResolver {
        @Override
        public String getDisplayName(int invocation) {
            return transport.name();
        }

        @Override
        public void prepareInvocation(ExtensionContext context) {
            context.getStore(OURS).put(EventLoops.class, transport);
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == EventLoops.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return transport;
        }
    }
}
