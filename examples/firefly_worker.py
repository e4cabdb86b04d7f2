#!/usr/bin/env python3
"""A Foretell worker in Python, standard library only: any process that answers like this is a worker.

    python3 firefly_worker.py -b 127.0.0.1:9001
    curl -d '{"n": 10}' http://127.0.0.1:9001/predict          # 89

GET / describes the functions, POST /name calls one with a JSON object of named arguments.
"""
import argparse
import hmac
import inspect
import json
import signal
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
    """An answer other than 200: the worker's own, which a router holds against it from 500 on, and for 401, 403, 404 and 405."""

    of_function = False

    def __init__(self, status, error):
        super().__init__(error)
        self.status = status


class OfFunction(Refusal):
    """The function failed, or raised this itself: OfFunction(404, "no such customer"). That says nothing of the worker."""

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
        expected = signature.parameters[name].annotation
        if expected is int and (not isinstance(value, int) or isinstance(value, bool)):
            raise Refusal(422, f"argument '{name}' must be of type int")
    return named


def call(path, body):
    function = FUNCTIONS.get(path[1:])
    if function is None:
        raise Refusal(404, f"Not found: {path}")
    named = arguments(function, body)
    try:
        return function(**named)
    except OfFunction:
        raise
    except Exception as error:
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
            return index()
        if self.path[1:] in FUNCTIONS:
            raise Refusal(405, f"{self.path} takes POST only")
        raise Refusal(404, f"Not found: {self.path}")

    def post(self, body):
        return call(self.path, body)

    def answer(self, method):
        try:
            body = self.body()
            given = self.headers.get("Authorization", "")
            if self.token and not hmac.compare_digest(given.encode(), f"Token {self.token}".encode()):
                raise Refusal(403, "Invalid auth token")
            self.send(200, method(body))
        except Refusal as refusal:
            self.send(refusal.status, {"error": str(refusal)}, refusal.of_function)

    def body(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > self.largest_body:
            self.close_connection = True
            raise Refusal(413, f"the body is larger than {self.largest_body} bytes")
        return self.rfile.read(length)

    def send(self, status, value, of_function=False):
        text = json.dumps(value).encode()
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
