package dev.foretell.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the collector, each on a connection of its own, which is closed in time whatever the collector does. Of
 * a response it reads the status alone. The JDK's client bounds neither the time of a body nor the connections that it leaves
 * open: each response that is not HTTP, such as one of a port for gRPC, would cost a descriptor for good.
 */
final class CollectorSender implements HttpSender {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    /** Of heads before the final one, and of its status line. */
    private static final int MAX_HEAD = 8 * 1024;

    private final URI endpoint;
    private final String contentType;
    private final Duration time;
    private volatile @Nullable Socket open;

    /** @param time of a request as a whole */
    CollectorSender(URI endpoint, String contentType, Duration time) {
        this.endpoint = endpoint;
        this.contentType = contentType;
        this.time = time;
    }

    /** A status without its body. */
    private record Status(int code) implements HttpResponse {
        @Override
        public int getStatusCode() {
            return code;
        }

        @Override
        public String getStatusMessage() {
            return "";
        }

        @Override
        public byte[] getResponseBody() {
            return new byte[0];
        }
    }

    /** Returns once the request is over. */
    @Override
    public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
        Status status;
        try {
            status = new Status(post(message));
        } catch (IOException | RuntimeException e) {
            onError.accept(e);
            return;
        }
        onResponse.accept(status);
    }

    private int post(MessageWriter message) throws IOException {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        try (Socket socket = new Socket()) {
            open = socket;
            timer.orTimeout(time.toMillis(), TimeUnit.MILLISECONDS).whenComplete((none, late) -> {
                if (late instanceof TimeoutException) {
                    close(socket); // whoever reads or writes it then fails
                }
            });
            Socket line = connect(socket);
            OutputStream out = new BufferedOutputStream(line.getOutputStream());
            out.write(head(message.getContentLength()));
            message.writeMessage(out);
            out.flush();
            return status(new BufferedInputStream(line.getInputStream()));
        } finally {
            timer.cancel(false);
            open = null;
        }
    }

    private Socket connect(Socket socket) throws IOException {
        boolean isSecure = endpoint.getScheme().equals("https");
        int usual = isSecure ? 443 : 80;
        int port = endpoint.getPort() < 0 ? usual : endpoint.getPort();
        socket.connect(new InetSocketAddress(endpoint.getHost(), port), (int) time.toMillis());
        return isSecure ? secure(socket, port) : socket;
    }

    /** Trusts whom the JDK trusts. */
    private SSLSocket secure(Socket socket, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, endpoint.getHost(), port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private byte[] head(int length) {
        return ("POST " + endpoint.getRawPath() + " HTTP/1.1\r\nHost: " + endpoint.getRawAuthority()
                        + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + length
                        + "\r\nUser-Agent: foretell\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The status of the final response. */
    private static int status(InputStream in) throws IOException {
        Head head = new Head(in);
        while (true) {
            Matcher status = STATUS.matcher(head.line());
            if (!status.matches()) {
                throw new IOException("the response is not HTTP/1.1");
            }
            int code = Integer.parseInt(status.group(1));
            if (code >= 200) {
                return code;
            }
            head.skip();
        }
    }

    /** Lines, all together within a bound. */
    private static final class Head {
        private final InputStream in;
        private int length;

        Head(InputStream in) {
            this.in = in;
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0 || ++length > MAX_HEAD) {
                    throw new IOException("the head of the response is incomplete, or too long");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        /** Up to the empty line at the end of a head. */
        void skip() throws IOException {
            String line = line();
            while (!line.isEmpty()) {
                line = line();
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed all the same
        }
    }

    /** Ends the request that is under way. */
    @Override
    public CompletableResultCode shutdown() {
        Socket last = open;
        if (last != null) {
            close(last);
        }
        return CompletableResultCode.ofSuccess();
    }
}
