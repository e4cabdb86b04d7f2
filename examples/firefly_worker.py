#!/usr/bin/env python3
"""A Foretell worker in Python, standard library only. Any process with such responses is a worker.

    python3 firefly_worker.py -b 127.0.0.1:9001
    curl -d '{"n": 10}' http://127.0.0.1:9001/predict          # 89

GET / describes the functions, POST /name calls one with a JSON object of named arguments. To make it yours, write functions
with annotated arguments, and name them in FUNCTIONS. They may return whatever JSON has, and numpy's numbers and arrays; NaN
and Infinity JSON does not have, and neither have other objects: the caller is told so. Any exception is answered as 500; raise
OfFunction(422, "why") where the input is at fault. A router is told of the worker by PUT /v1/model_workers_map.
"""
import argparse
import errno
import hmac
import inspect
import json
import re
import signal
import socket
import sys
import traceback
import typing
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


class NotAllowed(Refusal):
    """A URL that is there, asked for by another method than it takes."""

    def __init__(self, path, method):
        super().__init__(405, f"{path} takes {method} only")
        self.method = method


def describe(name, function):
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        described = {"name": parameter.name, "kind": parameter.kind.name}
        if parameter.default is not parameter.empty:
            described["default"] = parameter.default
        parameters.append(described)
    return {"path": "/" + name, "doc": inspect.getdoc(function) or "", "parameters": parameters}


def index():
    return {"app": "firefly", "version": "1", "functions": {n: describe(n, f) for n, f in FUNCTIONS.items()}}


def fault(name, function):
    """What is wrong with an entry of FUNCTIONS; None where it can be served."""
    if not isinstance(name, str) or not re.fullmatch(r"(?!\.+$)[A-Za-z0-9._-]{1,128}", name):
        return "its name must be 1 to 128 letters (a to z), digits, dots, dashes or underscores"
    if not callable(function):
        return "it is not a function: name it without brackets, as in {'predict': predict}"
    if inspect.iscoroutinefunction(function):
        return "it is async, and calls are run on threads here: make it a plain function"
    try:
        json.dumps(describe(name, function), default=plain)
    except (TypeError, ValueError) as error:
        return f"it cannot be described to callers: {error}"
    return None


TYPES = {int: "int", float: "float", str: "str", bool: "bool", list: "list", dict: "dict"}


def fits(value, kind):
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float)) if kind is float else isinstance(value, kind)


def annotations(function):
    try:
        return typing.get_type_hints(function)
    except Exception:  # of names that are not there, or of what has none
        return {}


def arguments(function, body):
    if not body.strip():
        raise Refusal(400, "the body is empty: send a JSON object of named arguments, such as {} for none")
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
    kinds = annotations(function)
    for name, value in named.items():
        kind = kinds.get(name)  # none where the function takes **kwargs
        if kind in TYPES and not fits(value, kind):
            raise Refusal(422, f"argument '{name}' must be of type {TYPES[kind]}")
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

    def do_PUT(self):
        self.answer(self.refuse)

    do_HEAD = do_GET
    do_DELETE = do_PATCH = do_OPTIONS = do_PUT

    def get(self, body):
        return to_json(index()) if self.path == "/" else self.refuse(body)

    def post(self, body):
        return call(self.path, body) if self.path != "/" else self.refuse(body)

    def refuse(self, body):
        if self.path != "/" and self.path[1:] not in FUNCTIONS:
            raise Refusal(404, f"Not found: {self.path}")
        raise NotAllowed(self.path, "GET" if self.path == "/" else "POST")

    def answer(self, method):
        try:
            body = self.body()
            self.require_token()
            self.send(200, method(body))
        except Refusal as refusal:
            self.send(refusal.status, to_json({"error": str(refusal)}), refusal)

    def require_token(self):
        scheme, _, given = self.headers.get("Authorization", "").partition(" ")
        if self.token and scheme.lower() != "token":
            raise Refusal(403, "Missing auth token: send it as 'Authorization: Token …'")
        if self.token and not hmac.compare_digest(given.strip().encode(), self.token.encode()):
            raise Refusal(403, "Invalid auth token")

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

    def send(self, status, text, refusal=None):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if isinstance(refusal, NotAllowed):
            self.send_header("Allow", refusal.method)
        if refusal and refusal.of_function:
            self.send_header("X-Foretell-Error-Of", "function")
        echo = self.headers.get("X-Echo", "")
        if echo and echo.isprintable():  # then a router may send several requests on one connection
            self.send_header("X-Echo", echo)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *_):
        pass


def address(text):
    """HOST:PORT as two; an IPv6 address stands in brackets."""
    match = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*):([0-9]{1,5})", text)
    if not match or int(match[2]) > 65535:
        raise argparse.ArgumentTypeError(f"must be HOST:PORT, as in 127.0.0.1:9001, not '{text}'")
    return match[1].strip("[]") or "127.0.0.1", int(match[2])


def secret(text):
    if not text.isascii() or not text.isprintable() or not text.strip():
        raise argparse.ArgumentTypeError("must be one or more visible ASCII characters; leave it out for none")
    return text


def listen(host, port):
    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        daemon_threads = True

    try:
        return Server((host, port), Handler)
    except OSError as error:
        what = "it is taken; choose another with -b, or port 0 for a free one" if error.errno == errno.EADDRINUSE else error.strerror
        sys.exit(f"firefly_worker: cannot listen on {host}:{port}: {what}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "-b", "--bind", type=address, default="127.0.0.1:9001", metavar="HOST:PORT", help="port 0 for any free one"
    )
    parser.add_argument("--token", type=secret, help="what callers must send as 'Authorization: Token ...'")
    options = parser.parse_args()
    if not FUNCTIONS:
        sys.exit("firefly_worker: FUNCTIONS names none: add one, as in {'predict': predict}")
    for name, function in FUNCTIONS.items():
        wrong = fault(name, function)
        if wrong:
            sys.exit(f"firefly_worker: {name!r} in FUNCTIONS cannot be served: {wrong}")
    Handler.token = options.token or ""
    server = listen(*options.bind)
    host = options.bind[0]
    print(f"listening on http://{f'[{host}]' if ':' in host else host}:{server.server_port}", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("the worker ends", flush=True)


if __name__ == "__main__":
    main()
