package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** Common parts of the small models that process texts. */
final class TextModels {
    private TextModels() {}

    static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setCPUArenaAllocator(false);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        return options;
    }

    static byte[] file(ProtoWriter graph) {
        return new ProtoWriter()
                .number(1, 8)
                .part(7, graph)
                .part(8, new ProtoWriter().number(2, 19))
                .part(8, new ProtoWriter().text(1, "com.microsoft").number(2, 1))
                .bytes();
    }

    /** An input or output of a type with any shape. */
    static ProtoWriter value(String name, int type) {
        ProtoWriter tensor = new ProtoWriter().number(1, type);
        return new ProtoWriter().text(1, name).part(2, new ProtoWriter().part(1, tensor));
    }

    static ProtoWriter node(String operator, String domain, String... inputsThenOutput) {
        ProtoWriter node = new ProtoWriter();
        for (int i = 0; i < inputsThenOutput.length - 1; i++) {
            node.text(1, inputsThenOutput[i]);
        }
        return node.text(2, inputsThenOutput[inputsThenOutput.length - 1])
                .text(4, operator)
                .text(7, domain);
    }

    /** An initializer of integers. */
    static ProtoWriter numbers(String name, long value) {
        return new ProtoWriter().number(1, 1).number(2, 7).number(7, value).text(8, name);
    }
}
