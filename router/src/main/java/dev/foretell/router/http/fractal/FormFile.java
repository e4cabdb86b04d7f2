package dev.foretell.router.http.fractal;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the file in a form that was read whole, with any method; Vert.x reads no form from a GET. */
final class FormFile {
    private static final Set<String> FIELDS = Set.of("file", "path");

    private FormFile() {}

    static boolean isForm(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /**
     * The file, sent as {@code file} or {@code path}.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if there is no file or no form
     */
    static Buffer in(Buffer body, String contentType) {
        FullHttpRequest posted = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, "/", ((BufferInternal) body).getByteBuf());
        posted.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        requireBoundary(posted);
        try {
            HttpPostMultipartRequestDecoder form = new HttpPostMultipartRequestDecoder(
                    new DefaultHttpDataFactory(false), posted, StandardCharsets.UTF_8);
            try {
                return file(form);
            } finally {
                form.destroy();
            }
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException
                | HttpPostRequestDecoder.TooManyFormFieldsException
                | HttpPostRequestDecoder.TooLongFormFieldException
                | IOException e) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the form could not be read", e);
        }
    }

    private static void requireBoundary(FullHttpRequest posted) {
        try {
            if (HttpPostRequestDecoder.isMultipart(posted)) {
                return;
            }
        } catch (IndexOutOfBoundsException e) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the form's boundary is empty", e);
        }
        throw new ServingException(FailureKind.INVALID_INPUT, "the form names no boundary between its parts");
    }

    private static Buffer file(HttpPostMultipartRequestDecoder form) throws IOException {
        for (InterfaceHttpData part : form.getBodyHttpDatas()) {
            if (part instanceof FileUpload file && file.isCompleted() && FIELDS.contains(file.getName())) {
                return Buffer.buffer(file.get());
            }
        }
        throw new ServingException(
                FailureKind.INVALID_INPUT, "the form has no file: send one as file or path, curl -F \"file=@…\"");
    }
}
