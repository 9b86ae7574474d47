# Counts the tests of each tier from xunit's XML reports. The tier is told by the class: Envtest... runs on a real
# kube-apiserver, Embedded... on the sandbox's, everything in EndToEnd.Tests on Ceph; the rest needs no server.
BEGIN { RS = "<test "; split("unit embedded kube-apiserver Ceph", order, " ") }

match($0, /result="[A-Za-z]+"/) {
  result = substr($0, RSTART + 8, RLENGTH - 9)
  match($0, /type="[^"]+"/)
  type = substr($0, RSTART + 6, RLENGTH - 7)
  tier = type ~ /^EndToEnd\./ ? "Ceph" : type ~ /\.Envtest[^.]*$/ ? "kube-apiserver" : type ~ /\.Embedded[^.]*$/ ? "embedded" : "unit"
  count[tier, result]++
}

END {
  for (i = 1; i <= 4; i++) {
    tier = order[i]
    printf "tier %-15s %5d passed %5d failed %5d skipped\n", tier, count[tier, "Pass"], count[tier, "Fail"], count[tier, "Skip"] + count[tier, "NotRun"]
  }
}
