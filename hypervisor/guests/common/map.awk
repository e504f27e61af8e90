# SPDX-License-Identifier: Apache-2.0
# Makes a guest's .map file, in the hypervisor's configuration language, from `readelf -lW`: the
# entry point, and one rom or ram line per load segment (its address, its size in memory, its
# rights, alignment 4 KiB), as the hypervisor itself would derive it.
$1 == "Entry" { printf "entry = %s\n.mmap\n", $3 }
$1 == "LOAD" {
  rights = ""
  for (i = 7; i < NF; i++) rights = rights $i
  kind = rights ~ /W/ ? "ram" : "rom"
  flags = (rights ~ /R/ ? "r" : "") (rights ~ /W/ ? "w" : "") (rights ~ /E/ ? "x" : "")
  printf "\t%s = %s %s %s 4096\n", kind, $3, $6, flags
}
END { print "." }
