package dev.foretell.worker.function;

import java.util.Map;

/** What a caller sent: JSON text, or the fields and files of a form. */
public interface CallBody {
    /** Reads the one shape or the other. */
    interface Reader<T> {
        T json(byte[] text);

        /** Field names to their text, file names to what was uploaded. */
        T form(Map<String, String> fields, Map<String, UploadedFile> files);
    }

    <T> T readBy(Reader<T> reader);

    /** JSON text, as yet unread. */
    static CallBody ofJson(byte[] text) {
        return new CallBody() {
            @Override
            public <T> T readBy(Reader<T> reader) {
                return reader.json(text);
            }
        };
    }

    /** A {@code multipart/form-data} body. */
    static CallBody ofForm(Map<String, String> fields, Map<String, UploadedFile> files) {
        return new CallBody() {
            @Override
            public <T> T readBy(Reader<T> reader) {
                return reader.form(fields, files);
            }
        };
    }
}
