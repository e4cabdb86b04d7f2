-- Posts one JSON body, given after the URL, again and again; at the end writes one line for the script:
-- requests, microseconds, p50, p99, p99.9 (microseconds), answers of 400 and above, socket errors.
-- There is no request() here on purpose: wrk then formats the request once and repeats it from C.

function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = args[1]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
