#!/usr/bin/env python3
"""Calls models of a Foretell router from Python. It needs requests, and nothing else.

    python3 foretell_client.py http://localhost:8000 fib '{"n": 10}'            # 89
    python3 foretell_client.py http://localhost:8000 --stream forecast '{"series": [1, 2, 3, 4], "steps": 2}'

In a program of your own:

    router = Router("http://localhost:8000")
    router.predict("fib", n=10)
    for item in router.stream("forecast", series=[1, 2, 3, 4], steps=2): ...
"""
import argparse
import json
import sys
import time

import requests


class Problem(Exception):
    """The router's error. Its text is the router's sentence; request_id finds the call in the logs."""

    def __init__(self, response):
        try:
            said = response.json()
        except ValueError:
            said = {}
        if not isinstance(said, dict):
            said = {}
        super().__init__(said.get("detail") or f"HTTP {response.status_code}, and not from a router")
        self.status = response.status_code
        self.code = said.get("code", "")
        self.request_id = said.get("requestId", "")
        after = response.headers.get("Retry-After", "")
        self.retry_after = int(after) if after.isascii() and after.isdigit() else None


class BrokenStream(Exception):
    """A stream ended early; the items before it are valid."""


class Router:
    """One router. Calls are sent again only where the router has turned them away before a worker began with them."""

    TURNED_AWAY = {"SHED", "QUEUE_FULL", "NO_WORKER", "WORKERS_BUSY", "STARTING", "DRAINING"}

    def __init__(self, url, seconds=10, attempts=3, token=None):
        self.url, self.seconds, self.attempts = url.rstrip("/"), seconds, attempts
        self.session = requests.Session()
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def predict(self, model, model_type="AI", **arguments):
        """The model's result; raises Problem."""
        return self._call(model, model_type, arguments, {}).json()

    def stream(self, model, model_type="AI", **arguments):
        """The items of a model that streams, one by one; raises BrokenStream where it ends early."""
        with self._call(model, model_type, arguments, {"Accept": "text/event-stream"}, stream=True) as response:
            kind = "message"
            try:
                for line in response.iter_lines():
                    name, _, value = line.decode("utf-8").partition(":")
                    if name == "event":
                        kind = value.strip()
                    elif name == "data" and kind == "error":
                        raise BrokenStream(json.loads(value).get("error"))
                    elif name == "data":
                        yield json.loads(value)
                    elif not line:
                        kind = "message"
            except requests.RequestException as broken:
                raise BrokenStream("the stream broke off") from broken

    def _call(self, model, model_type, arguments, headers, stream=False):
        end = time.monotonic() + self.seconds
        url = f"{self.url}/v1/{model_type}_model/predict"
        for attempt in range(1, self.attempts + 1):
            left = max(0.001, end - time.monotonic())
            response = self.session.post(
                url,
                json={"modelId": model, "data": arguments},
                headers={"X-Request-Timeout-Ms": str(max(1, int(left * 1000))), **headers},
                # A little longer than the router waits, so that it is the one who says so.
                timeout=(min(5, left), left + 1),
                stream=stream,
                allow_redirects=False,
            )
            if response.ok:
                return response
            problem = Problem(response)
            response.close()
            wait = problem.retry_after if problem.retry_after is not None else 0.2 * attempt
            if problem.code not in self.TURNED_AWAY or attempt == self.attempts or time.monotonic() + wait >= end:
                raise problem
            time.sleep(wait)


def main():
    parser = argparse.ArgumentParser(description="Call a model of a Foretell router.")
    parser.add_argument("router")
    parser.add_argument("model")
    parser.add_argument("arguments", help="a JSON object")
    parser.add_argument("--stream", action="store_true", help="print the items of a stream, one per line")
    options = parser.parse_args()
    router = Router(options.router)
    try:
        arguments = json.loads(options.arguments)
        if options.stream:
            for item in router.stream(options.model, **arguments):
                print(json.dumps(item), flush=True)
        else:
            print(json.dumps(router.predict(options.model, **arguments)))
    except Problem as problem:
        sys.exit(f"{problem} (HTTP {problem.status} {problem.code}, request {problem.request_id})")
    except BrokenStream as broken:
        sys.exit(f"the stream ended early: {broken}")
    except requests.RequestException as failed:
        sys.exit(f"no response from {options.router}: {type(failed).__name__}")


if __name__ == "__main__":
    main()
