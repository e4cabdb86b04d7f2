-- Predicts with m1 … m<n>, n the first argument, some far more often than others: the share of the i-th falls as 1/i. Prints what
-- post.lua prints.

local bodies, at = {}, 0

local function shuffled(list)
  for i = #list, 2, -1 do
    local j = math.random(i)
    list[i], list[j] = list[j], list[i]
  end
  return list
end

function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  local models = tonumber(args[1])
  for i = 1, models do
    local call = wrk.format(nil, nil, nil, string.format('{"modelId":"m%d","data":{"values":[1,2,3,4]}}', i))
    for _ = 1, math.ceil(models / i) do bodies[#bodies + 1] = call end
  end
  shuffled(bodies)
end

function request()
  at = at % #bodies + 1
  return bodies[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
