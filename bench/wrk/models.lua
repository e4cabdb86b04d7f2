-- Posts {"modelId":"m<i>",…} with i cycling through as many models as the first argument says; prints what post.lua prints.

local bodies, at, step = {}, 0, 7919

function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  for i = 1, tonumber(args[1]) do
    bodies[i] = wrk.format(nil, nil, nil, string.format('{"modelId":"m%d","data":{"n":2}}', i))
  end
end

function request()
  at = (at + step) % #bodies
  return bodies[at + 1]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
