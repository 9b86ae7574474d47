# Counts the tests of each tier from xunit's XML reports. The tier is told by the class: Envtest... runs on a real
# kube-apiserver, Embedded... on the sandbox's, everything in EndToEnd.Tests on Ceph; the rest needs no server. What failed
# is told again at the end, where it is read first.
BEGIN { RS = "<test "; split("unit embedded kube-apiserver Ceph", order, " ") }

match($0, /result="[A-Za-z]+"/) {
  result = substr($0, RSTART + 8, RLENGTH - 9)
  match($0, /type="[^"]+"/)
  type = substr($0, RSTART + 6, RLENGTH - 7)
  tier = type ~ /^EndToEnd\./ ? "Ceph" : type ~ /\.Envtest[^.]*$/ ? "kube-apiserver" : type ~ /\.Embedded[^.]*$/ ? "embedded" : "unit"
  count[tier, result]++
  if (result == "Fail") failures[++failed] = name() "\n    " message()
}

function name() { return match($0, /name="[^"]+"/) ? substr($0, RSTART + 6, RLENGTH - 7) : type }

function message(  from, text) {
  from = index($0, "<message>")
  if (!from) return ""
  text = substr($0, from + 9)
  sub(/<\/message>.*/, "", text)
  gsub(/<!\[CDATA\[|\]\]>/, "", text)
  gsub(/\n/, "\n    ", text)
  return substr(text, 1, 600)
}

END {
  for (i = 1; i <= 4; i++) {
    tier = order[i]
    printf "tier %-15s %5d passed %5d failed %5d skipped\n", tier, count[tier, "Pass"], count[tier, "Fail"], count[tier, "Skip"] + count[tier, "NotRun"]
  }
  for (i = 1; i <= failed; i++) print "FAILED " failures[i]
}
