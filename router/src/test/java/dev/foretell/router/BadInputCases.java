package dev.foretell.router;

import java.util.stream.Stream;

/** Invalid bodies and URLs, and the error of each. */
final class BadInputCases {
    static final String PREDICT = "/v1/AI_model/predict";
    static final String MAP = "/v1/model_workers_map";
    static final String GOOD = """
            {"modelId":"fib","data":{"n":2}}""";

    /** One bad request and what is answered. */
    record Case(String name, String method, String path, String body, int status, String code, String detail) {
        @Override
        public String toString() {
            return name;
        }
    }

    private BadInputCases() {}

    static Stream<Case> predictions() {
        String deep = "[".repeat(1_000_000);
        return Stream.of(
                predict("empty body", "", 400, "the body is empty"),
                predict("blank body", " \n ", 400, "the body is empty"),
                predict("no JSON", "modelId=fib&n=2", 400, "(line 1, column"),
                predict("cut after the name", "{\"modelId\"", 400, "(line 1, column"),
                predict("cut in the data", """
                        {"modelId":"fib","data":{"n":2""", 400, "(line 1, column"),
                predict("cut before the end", """
                        {"modelId":"fib","data":{"n":2}""", 400, "(line 1, column"),
                predict("cut in a text", """
                        {"data":1,"modelId":"fi""", 400, "(line 1, column"),
                predict("single quotes", "{'modelId':'fib','data':{}}", 400, "(line 1, column"),
                predict("comma at the end", """
                        {"modelId":"fib","data":{"n":2,}}""", 400, "unexpected '}' after a comma (line 1, column 32)"),
                predict("not a number", """
                        {"modelId":"fib","data":NaN}""", 400, "JSON has no NaN (line 1, column"),
                predict("an array", "[]", 422, "must be an object with modelId and data"),
                predict("a text", "\"fib\"", 422, "must be an object with modelId and data"),
                predict("a number", "2", 422, "must be an object with modelId and data"),
                predict("null", "null", 422, "must be an object with modelId and data"),
                predict("nothing in it", "{}", 422, "modelId is missing"),
                predict("no quotes", """
                        {modelId:"fib"}""", 400, "a name must be in double quotes: \"modelId\" (line 1"),
                predict("Python's", """
                        {"modelId":"fib","data":True}""", 400, "JSON has no True, but true (line 1"),
                predict("text without quotes", """
                        {"modelId":fib}""", 400, "no fib; text goes between double quotes"),
                predict("quotes of a word processor", "{“modelId”:“fib”}", 400, "unexpected '“' where a name"),
                predict("a name of their own", """
                        {"model_id":"fib","data":1}""", 422, "modelId is missing; the body has model_id, data"),
                predict("a capital letter", """
                        {"modelId":"fib","Data":1}""", 422, "data is missing; the body has modelId, Data"),
                predict("no modelId", """
                        {"data":{"n":2}}""", 422, "modelId is missing"),
                predict("no data", """
                        {"modelId":"fib"}""", 422, "data is missing"),
                predict("modelId null", """
                        {"modelId":null,"data":1}""", 422, "modelId must be text"),
                predict("modelId a number", """
                        {"modelId":7,"data":1}""", 422, "modelId must be text"),
                predict("modelId an object", """
                        {"modelId":{"a":1},"data":1}""", 422, "modelId must be text"),
                predict("modelId empty", """
                        {"modelId":"","data":1}""", 422, "modelId is empty"),
                predict(
                        "modelId too long",
                        """
                        {"modelId":"%s","data":1}""".formatted("m".repeat(129)),
                        422,
                        "modelId is longer than 128 characters"),
                predict("modelId twice", """
                        {"modelId":"a","modelId":"b","data":1}""", 422, "modelId is given twice"),
                predict("data twice", """
                        {"modelId":"a","data":1,"data":2}""", 422, "data is given twice"),
                predict("garbage after it", GOOD + " x", 400, "(line 1, column"),
                predict("a second object after it", GOOD + GOOD, 400, "something follows"),
                predict("one bracket too many", GOOD + "}", 400, "(line 1, column"),
                predict("nested without end", deep, 422, "must be an object with modelId and data"),
                predict("data nested without end", """
                        {"modelId":"fib","data":%s""".formatted(deep), 400, "nesting depth"),
                predict("nested without end beside it", """
                        {"x":%s""".formatted("{\"a\":".repeat(200_000)), 400, "nesting depth"),
                new Case("unknown type", "POST", "/v1/XY_model/predict", GOOD, 404, "MODEL_NOT_FOUND", "no model type"),
                new Case("no type", "POST", "/v1/_model/predict", GOOD, 404, "NOT_FOUND", "nothing at this URL"),
                new Case("unknown URL", "POST", "/v1/AI_model/foresee", GOOD, 404, "NOT_FOUND", "nothing at this URL"),
                new Case("root", "POST", "/", GOOD, 405, "METHOD_NOT_ALLOWED", "this URL takes GET"),
                new Case("GET to predict", "GET", PREDICT, "", 405, "METHOD_NOT_ALLOWED", "takes POST"),
                new Case("PUT to predict", "PUT", PREDICT, GOOD, 405, "METHOD_NOT_ALLOWED", "takes POST"),
                new Case("POST to the map", "POST", MAP, "{}", 405, "METHOD_NOT_ALLOWED", "takes GET, HEAD, PUT"),
                new Case(
                        "DELETE of the whole map",
                        "DELETE",
                        MAP,
                        "",
                        405,
                        "METHOD_NOT_ALLOWED",
                        "takes GET, HEAD, PUT"),
                new Case("a method of their own", "BREW", MAP, "", 405, "METHOD_NOT_ALLOWED", "takes GET, HEAD, PUT"));
    }

    static Case predict(String name, String body, int status, String detail) {
        return new Case("predict: " + name, "POST", PREDICT, body, status, "INVALID_INPUT", detail);
    }

    static Stream<Case> maps() {
        return Stream.of(
                map("empty body", "", 400, "the body is empty"),
                map("no JSON", "AI", 400, "(line 1, column"),
                map("cut", """
                        {"AI":{"m":[{"host":"h","port":1}""", 400, "(line 1, column"),
                map("garbage after it", """
                        {"AI":{"m":[{"host":"h","port":1}]}} x""", 400, "(line 1, column"),
                map("nested without end", "[".repeat(1_000_000), 400, "nesting depth"),
                map("an array", "[]", 422, "must be an object of model types"),
                map("nothing in it", "{}", 422, "must be an object of model types"),
                map("type not an object", """
                        {"AI":[]}""", 422, "AI must be an object of models"),
                map("type without models", """
                        {"AI":{}}""", 422, "AI must be an object of models"),
                map("type name", """
                        {"A I":{"m":[{"host":"h","port":1}]}}""", 422, "the map's model type 'A I' must be 1 to 128"),
                map("type name of dots", """
                        {"..":{"m":[{"host":"h","port":1}]}}""", 422, "model type '..' must be"),
                map("model name", """
                        {"AI":{"m/x":[{"host":"h","port":1}]}}""", 422, "AI's model 'm/x' must be"),
                map("model name too long", """
                        {"AI":{"%s":[{"host":"h","port":1}]}}""".formatted("m".repeat(129)), 422, "AI's model 'mmm"),
                map("model given twice", """
                        {"AI":{"m":[{"host":"h","port":1}],"m":[{"host":"h","port":2}]}}""", 400, "Duplicate"),
                map("no workers", """
                        {"AI":{"m":[]}}""", 422, "AI.m must be a list of at least one worker"),
                map("workers null", """
                        {"AI":{"m":null}}""", 422, "AI.m must be a list of at least one worker"),
                map("workers a text", """
                        {"AI":{"m":"h:1"}}""", 422, "AI.m must be a list"),
                map("worker a text", workers("\"h:1\""), 422, "AI.m[0] must be an object"),
                map("no host", workers("""
                        {"port":1}"""), 422, "AI.m[0].host is missing"),
                map("no port", workers("""
                        {"host":"h"}"""), 422, "AI.m[0].port is missing"),
                map("host a number", workers("""
                        {"host":7,"port":1}"""), 422, "AI.m[0].host must be text"),
                map("host with a space", workers("""
                        {"host":"a b","port":1}"""), 422, "host must be a DNS name"),
                map("host a URL", workers("""
                        {"host":"http://h","port":1}"""), 422, "host must be a DNS name"),
                map("host empty", workers("""
                        {"host":"","port":1}"""), 422, "host must be a DNS name"),
                map("host too long", workers("""
                        {"host":"%s","port":1}""".formatted("h".repeat(300))), 422, "host must be"),
                map("port a text", workers("""
                        {"host":"h","port":"9001"}"""), 422, "AI.m[0].port must be a whole number"),
                map("port broken", workers("""
                        {"host":"h","port":9001.5}"""), 422, "AI.m[0].port must be a whole number"),
                map("port 0", workers("""
                        {"host":"h","port":0}"""), 422, "port 0 is not between 1 and 65535"),
                map("port too high", workers("""
                        {"host":"h","port":65536}"""), 422, "port 65536 is not between"),
                map("port huge", workers("""
                        {"host":"h","port":99999999999999999999}"""), 422, "must be a whole number"),
                map("local id negative", workers("""
                        {"host":"h","port":1,"local_worker_id":-1}"""), 422, "is negative"),
                map("weight 0", workers("""
                        {"host":"h","port":1,"weight":0}"""), 422, "weight 0 is not between 1 and 1000"),
                map("weight too high", workers("""
                        {"host":"h","port":1,"weight":1001}"""), 422, "weight 1001 is not"),
                map("weight a text", workers("""
                        {"host":"h","port":1,"weight":"2"}"""), 422, "weight must be a whole number"),
                map("lease too short", workers("""
                        {"host":"h","port":1,"lease_ms":999}"""), 422, "lease_ms 999 is not"),
                map("lease too long", workers("""
                        {"host":"h","port":1,"lease_ms":3600001}"""), 422, "lease_ms 3600001 is not"),
                map("function", workers("""
                        {"host":"h","port":1,"function":"a/b"}"""), 422, "function 'a/b' must be"),
                map("unknown field", workers("""
                        {"host":"h","port":1,"wieght":2}"""), 422, "has an unknown field 'wieght'"),
                map("same worker twice", workers("""
                        {"host":"h","port":1},{"host":"h","port":1}"""), 422, "repeats worker h-1-0"),
                map("unknown policy", """
                        {"AI":{"m":{"policy":"best","workers":[{"host":"h","port":1}]}}}""", 422, "AI.m.policy must be one of random"),
                map("policy a number", """
                        {"AI":{"m":{"policy":1,"workers":[{"host":"h","port":1}]}}}""", 422, "AI.m.policy must be text"),
                map("policy without workers", """
                        {"AI":{"m":{"policy":"random"}}}""", 422, "must be a list of at least one"),
                map(
                        "unknown field of a model",
                        """
                        {"AI":{"m":{"polcy":"p2c","workers":[{"host":"h","port":1}]}}}""",
                        422,
                        "AI.m has an unknown field 'polcy'; it takes policy, workers"),
                map("good first, bad last", workers("""
                        {"host":"h","port":1},{"host":"h","port":0}"""), 422, "AI.m[1]"),
                new Case(
                        "map: unknown mode",
                        "PUT",
                        MAP + "?mode=add",
                        workers("""
                                {"host":"h","port":1}"""),
                        422,
                        "INVALID_INPUT",
                        "mode must be merge or replace"),
                new Case(
                        "map: misspelt mode",
                        "PUT",
                        MAP + "?mod=replace",
                        workers("""
                                {"host":"h","port":1}"""),
                        422,
                        "INVALID_INPUT",
                        "there is no parameter 'mod' here, only mode"),
                new Case(
                        "map: misspelt type to show",
                        "GET",
                        MAP + "?model_type=AI",
                        "",
                        422,
                        "INVALID_INPUT",
                        "there is no parameter 'model_type' here, only model-type"),
                new Case(
                        "map: type to show that is not there",
                        "GET",
                        MAP + "?model-type=AJ",
                        "",
                        404,
                        "MODEL_NOT_FOUND",
                        "no model type 'AJ' is registered; did you mean AI?"),
                new Case(
                        "map: misspelt type to remove",
                        "DELETE",
                        MAP + "/ai",
                        "",
                        404,
                        "NOT_FOUND",
                        "there is no type 'ai' in the map; did you mean AI?"),
                new Case(
                        "map: misspelt model to remove",
                        "DELETE",
                        MAP + "/AI/fob",
                        "",
                        404,
                        "NOT_FOUND",
                        "there is no model 'fob' in the map; did you mean fib?"),
                new Case(
                        "map: worker to remove that is not there",
                        "DELETE",
                        MAP + "/AI/fib/h-1-0",
                        "",
                        404,
                        "NOT_FOUND",
                        "there is no worker 'h-1-0' in the map"),
                new Case(
                        "drain: nobody",
                        "POST",
                        "/v1/workers/h-1-0/drain",
                        "",
                        404,
                        "NOT_FOUND",
                        "there is no worker 'h-1-0' in the map"),
                new Case(
                        "drain: misspelt wait",
                        "POST",
                        "/v1/workers/h-1-0/drain?wiat=5s",
                        "",
                        422,
                        "INVALID_INPUT",
                        "there is no parameter 'wiat' here, only wait"));
    }

    static Case map(String name, String body, int status, String detail) {
        return new Case("map: " + name, "PUT", MAP, body, status, "INVALID_INPUT", detail);
    }

    static String workers(String list) {
        return """
                {"AI":{"m":[%s]}}""".formatted(list);
    }
}
