-- Posts inference requests of the Open Inference Protocol: as many iris flowers in each as the first argument says; prints what
-- post.lua prints. No request() here, as there.

function init(args)
  local rows = {}
  for i = 1, tonumber(args[1]) do rows[i] = "5.1,3.5,1.4,0.2" end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = string.format('{"inputs":[{"name":"X","shape":[%d,4],"datatype":"FP32","data":[%s]}],"outputs":[{"name":"output_label"}]}',
    #rows, table.concat(rows, ","))
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
