#!/usr/bin/env python3
"""A Foretell worker in Python, standard library only. Any process with such responses is a worker.

    python3 firefly_worker.py -b 127.0.0.1:9001
    curl -d '{"n": 10}' http://127.0.0.1:9001/predict          # 89

GET / describes the functions, POST /name calls one with a JSON object of named arguments. To adapt it, write functions
with annotated arguments and list them in FUNCTIONS. They may return any JSON value, and numpy's numbers and arrays. JSON has no
NaN, Infinity or other objects: the caller then gets an error. Any exception becomes a 500; raise
OfFunction(422, "why") if the input is wrong.
"""
import argparse
import hmac
import inspect
import json
import signal
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def predict(n: int) -> int:
    """nth Fibonacci number"""
    if n < 0:
        raise ValueError("n must not be negative")
    last = following = 1
    for _ in range(n):
        last, following = following, last + following
    return last


FUNCTIONS = {"predict": predict}


class Refusal(Exception):
    """An error of the worker itself. A router counts it against the worker for 401, 403, 404, 405 and every 5xx."""

    of_function = False

    def __init__(self, status, error):
        super().__init__(error)
        self.status = status


class OfFunction(Refusal):
    """The function failed, or raised this itself: OfFunction(404, "no such customer"). It does not count against the worker."""

    of_function = True


def describe(function):
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        described = {"name": parameter.name, "kind": parameter.kind.name}
        if parameter.default is not parameter.empty:
            described["default"] = parameter.default
        parameters.append(described)
    return {"path": "/" + function.__name__, "doc": inspect.getdoc(function) or "", "parameters": parameters}


def index():
    return {"app": "firefly", "version": "1", "functions": {n: describe(f) for n, f in FUNCTIONS.items()}}


def arguments(function, body):
    try:
        named = json.loads(body)
    except ValueError as error:
        raise Refusal(400, f"bad JSON: {error}") from error
    if not isinstance(named, dict):
        raise Refusal(422, "the body must be a JSON object of named arguments")
    signature = inspect.signature(function)
    try:
        signature.bind(**named)
    except TypeError as error:
        raise Refusal(422, str(error)) from error
    for name, value in named.items():
        parameter = signature.parameters.get(name)  # none where the function takes **kwargs
        if parameter is not None and parameter.annotation is int and (not isinstance(value, int) or isinstance(value, bool)):
            raise Refusal(422, f"argument '{name}' must be of type int")
    return named


def plain(value):
    """Converts values that json does not support: numpy's scalars and arrays have tolist()."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def to_json(value):
    return json.dumps(value, default=plain, allow_nan=False).encode()


def call(path, body):
    function = FUNCTIONS.get(path[1:])
    if function is None:
        raise Refusal(404, f"Not found: {path}")
    named = arguments(function, body)
    try:
        return to_json(function(**named))
    except OfFunction:
        raise
    except Exception as error:
        traceback.print_exc()
        raise OfFunction(500, f"{type(error).__name__}: {error}") from error


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    token = ""
    largest_body = 10 * 1024 * 1024

    def do_GET(self):
        self.answer(self.get)

    def do_POST(self):
        self.answer(self.post)

    def get(self, body):
        if self.path == "/":
            return to_json(index())
        if self.path[1:] in FUNCTIONS:
            raise Refusal(405, f"{self.path} takes POST only")
        raise Refusal(404, f"Not found: {self.path}")

    def post(self, body):
        return call(self.path, body)

    def answer(self, method):
        try:
            body = self.body()
            scheme, _, given = self.headers.get("Authorization", "").partition(" ")
            known = scheme.lower() == "token" and hmac.compare_digest(given.strip().encode(), self.token.encode())
            if self.token and not known:
                raise Refusal(403, "Invalid auth token")
            self.send(200, method(body))
        except Refusal as refusal:
            self.send(refusal.status, to_json({"error": str(refusal)}), refusal.of_function)

    def body(self):
        try:
            if self.headers.get("Content-Encoding", "identity").lower() != "identity":
                raise Refusal(415, "bodies are taken as they are, not compressed")
            if "Transfer-Encoding" in self.headers:
                return self.chunked_body()
            return self.read(int(self.headers.get("Content-Length") or 0))
        except ValueError as error:
            self.close_connection = True  # nobody knows where the next request begins
            raise Refusal(400, "the body breaks off, or its length is no number") from error
        except Refusal:
            self.close_connection = True
            raise

    def chunked_body(self):
        if self.headers["Transfer-Encoding"].lower() != "chunked":
            raise Refusal(400, "chunked is the only supported transfer coding")
        body = b""
        while length := int(self.rfile.readline(1024).split(b";")[0], 16):
            body += self.read(length, len(body))
            self.rfile.readline(1024)
        for _ in range(100):  # trailers, up to an empty line
            if not self.rfile.readline(8192).strip():
                return body
        raise ValueError("too many trailers")

    def read(self, length, sofar=0):
        if not 0 <= length <= self.largest_body - sofar:
            raise Refusal(413, f"the body is larger than {self.largest_body} bytes")
        piece = self.rfile.read(length)
        if len(piece) < length:
            raise ValueError("the body breaks off")
        return piece

    def send(self, status, text, of_function=False):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if of_function:
            self.send_header("X-Foretell-Error-Of", "function")
        echo = self.headers.get("X-Echo", "")
        if echo and echo.isprintable():  # then a router may send several requests on one connection
            self.send_header("X-Echo", echo)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-b", "--bind", default="127.0.0.1:9001", help="host:port; port 0 for any free one")
    parser.add_argument("--token", default="", help="what callers must send as 'Authorization: Token ...'")
    options = parser.parse_args()
    host, _, port = options.bind.rpartition(":")
    Handler.token = options.token
    server = ThreadingHTTPServer((host, int(port)), Handler)
    print(f"listening on http://{host}:{server.server_port}", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("the worker ends", flush=True)


if __name__ == "__main__":
    main()
