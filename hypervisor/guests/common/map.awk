# SPDX-License-Identifier: Apache-2.0
# Makes a guest's .map file, in the hypervisor's configuration language, from `readelf -lW`: the
# entry point, and one rom or ram line per load segment (its address, its size in memory, its
# rights, alignment 4 KiB).
$1 == "Entry" { printf "entry = %s\n.mmap\n", $3 }
$1 == "LOAD" {
  rights = ""
  for (i = 7; i < NF; i++) rights = rights $i
  kind = rights ~ /W/ ? "ram" : "rom"
  flags = (rights ~ /R/ ? "r" : "") (rights ~ /W/ ? "w" : "") (rights ~ /E/ ? "x" : "")
  printf "    %s = %s %s %s 0x1000\n", kind, $3, $6, flags
}
END { print "." }
