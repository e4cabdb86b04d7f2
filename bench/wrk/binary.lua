-- As oip.lua, with the flowers in binary form: four little-endian floats each, after the JSON.

function init(args)
  local rows = tonumber(args[1])
  local flower = "\51\51\163\64\0\0\96\64\51\51\179\63\205\204\76\62"    -- 5.1, 3.5, 1.4, 0.2
  local json = string.format('{"inputs":[{"name":"X","shape":[%d,4],"datatype":"FP32","parameters":{"binary_data_size":%d}}],'
    .. '"outputs":[{"name":"output_label","parameters":{"binary_data":true}}]}', rows, rows * 16)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/octet-stream"
  wrk.headers["Inference-Header-Content-Length"] = tostring(#json)
  wrk.body = json .. string.rep(flower, rows)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
