# One measured window as one line for table.awk, from the line "figures …" that wrk/post.lua wrote.
#
# Variables, all in clock ticks, before and after the window:
#   cpu      user system  user system                           of the contestant
#   machine  idle stolen ours all  idle stolen ours all         of the whole machine
# and: row = "connections contestant", hertz = clock ticks per second, resident = MB.

function share(ticks) { return 100 * ticks / all }

$1 == "figures" && $2 > 0 {
  requests = $2
  split(cpu, c, " ")
  split(machine, m, " ")
  idle = m[5] - m[1]; stolen = m[6] - m[2]; ours = m[7] - m[3]; all = m[8] - m[4]
  call = 1e6 / hertz / requests              # µs per call that one clock tick makes
  print row, requests / $3 * 1e6, (c[3] - c[1]) * call, (c[4] - c[2]) * call, $4, $5, $6, resident, $7 + $8,
    share(stolen), share(all - idle - stolen - ours)
  found = 1
}

END { exit !found }
