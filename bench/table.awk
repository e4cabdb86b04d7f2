# One Markdown table from the measurements, the checks after it. Exit 1 if a check is missed.
#
# Input, one line per window:
#   connections contestant requests/s user-µs system-µs p50-µs p99-µs p99.9-µs resident-MB errors stolen-% others-%
# Variables: base, base_name = the contestant that the others are compared with; least = contestants, each with the share of its
# requests/s that it must reach at 32 and 256 connections; most_cpu = the same with the CPU per call that it may take; traced_cpu = the
# share of echoing's CPU per call that traced may take; ready = milliseconds from start to /readyz 200 ("" without the router).

{
  row = $1 " " $2
  if (!(row in windows)) rows[++count] = row
  window = ++windows[row]
  for (field = 3; field <= 9; field++) value[row, field, window] = $field
  errors[row] += $10
  if ($11 > stolen) stolen = $11
  if ($12 > others) others = $12
}

# Sorts the figures of one row and field into `sorted`; returns how many there are.
function sort(row, field,    n, i, j, x) {
  n = windows[row]
  for (i = 1; i <= n; i++) {
    x = value[row, field, i]
    for (j = i - 1; j >= 1 && sorted[j] > x; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = x
  }
  return n
}

function median(row, field,    n) {
  n = sort(row, field)
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function range(row, field,    n) {
  n = sort(row, field)
  return sprintf("%.0f–%.0f", sorted[1], sorted[n])
}

function cpu(row) { return median(row, 4) + median(row, 5) }

function ratio(mine, base) { return base > 0 ? sprintf("%.2f", mine / base) : "–" }

function print_row(row,    name, other, known) {
  split(row, name, " ")
  other = name[1] " " base
  known = other in windows
  printf "| %d | %s | %.0f | %s | %s | %.1f | %.1f | %.1f | %s | %.2f | %.2f | %.2f | %.0f | %s |\n",
    name[1], name[2], median(row, 3), range(row, 3), known ? ratio(median(row, 3), median(other, 3)) : "–",
    cpu(row), median(row, 4), median(row, 5), known ? ratio(cpu(row), cpu(other)) : "–",
    median(row, 6) / 1000, median(row, 7) / 1000, median(row, 8) / 1000, median(row, 9),
    errors[row] ? "**" errors[row] "**" : "0"
}

function check(good, text) {
  printf "- %s: %s\n", good ? "ok" : "MISSED", text
  if (!good) missed = 1
}

# Field 3: at least so many requests/s; 0: at most so much CPU.
function compare(size, wanted, field, base, base_name,    names, n, i, mine, other, share) {
  n = split(wanted, names, " ")
  for (i = 1; i < n; i += 2) {
    mine = size " " names[i]; other = size " " base
    if (!(mine in windows) || !(other in windows)) continue
    share = field ? median(mine, field) / median(other, field) : cpu(mine) / cpu(other)
    check(field ? share >= names[i + 1] : share <= names[i + 1], sprintf("%s %.2f × %s's %s at %d connections (must be at %s %s)",
      names[i], share, base_name, field ? "requests/s" : "CPU per call", size, field ? "least" : "most", names[i + 1]))
  }
}

END {
  print "| connections | contestant | requests/s | min–max | ×" base_name " | CPU µs/call | user | system | CPU ×" base_name \
    " | p50 ms | p99 ms | p99.9 ms | resident MB | errors |"
  print "|--:|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
  for (i = 1; i <= count; i++) { print_row(rows[i]); failed += errors[rows[i]] }
  printf "\nNoise, the worst window: %.1f %% of the machine's CPU stolen by other guests, %.1f %% used by other processes here.\n\n", \
    stolen, others

  if (stolen + others > 10)
    print "- NOISY: more than 10 % of the CPU went elsewhere in some window; repeat on a quiet machine before" \
      " keeping these figures"
  check(failed == 0, "errors " failed + 0 " (must be 0)")
  if (ready != "") check(ready <= 3000, sprintf("/readyz %.2f s after the start (must be within 3 s)", ready / 1000))
  split("32 256", sizes, " ")
  for (s = 1; s <= 2; s++) {
    compare(sizes[s], least, 3, base, base_name)
    compare(sizes[s], most_cpu, 0, base, base_name)
    if (traced_cpu) compare(sizes[s], "traced " traced_cpu, 0, "echoing", "echoing")
  }
  exit missed
}
