#!/bin/bash
# Runs as root in the VM, with this folder, vzrig.deb and next.deb in /mnt.
export DEBIAN_FRONTEND=noninteractive HOME=/root LC_ALL=C.UTF-8
settings=/etc/vzrig/vzrig.toml
port=/dev/serial/by-id/usb-vzrig_bench_1234-if00
gadget=/sys/kernel/config/usb_gadget/bench

. /mnt/checks.sh
# a container has no USB of its own
adapters=yes; ! systemd-detect-virt --quiet --container || adapters=
[ -n "$adapters" ] || left_out='^(gadget|adapter|modem|route)-'
late() { systemctl status --no-pager -l vzrigd | tail -20; }
property() { systemctl show --value -p "$1" "${2:-vzrigd}"; }
is_property() { local found; found=$(property "$1"); [ "$found" = "$2" ] || { echo "$1=$found"; return 1; }; }
differs() { [ "$(property "$1")" != "$2" ]; }
lab() { runuser -u lab -- "$@"; }
everything() { find /etc /usr /var/lib /var/cache /opt /root -xdev 2>/dev/null | grep -v -E \
  '^/(etc/(passwd|group|gshadow|shadow|subuid|subgid)-?|var/lib/(dpkg|systemd|apt|private)|var/cache/(ldconfig|apt))(/|$)' | sort; }

everything > /run/before

if [ "$patience" != 1 ]; then
  # emulated instructions: what systemd waits for takes longer too
  for unit in vzrigd vzrigd@; do
    mkdir -p "/run/systemd/system/$unit.service.d"
    printf '[Service]\nTimeoutStartSec=10min\nTimeoutStopSec=2min\nTimeoutAbortSec=10s\n' > "/run/systemd/system/$unit.service.d/slow.conf"
  done
fi

# --- installing
check installs dpkg -i /mnt/vzrig.deb
archive_made() { cat /var/cache/vzrig/make-archive.log 2> /dev/null; ls /var/cache/vzrig/*.aot; }
check archive-made archive_made
check version says "vzrig $(cat /mnt/version)" vzrig --version
check service-starts within 60 is_property ActiveState active
check service-is-enabled says enabled systemctl is-enabled vzrigd
check service-user says vzrig ps -o user= -p "$(property MainPID)"
check archive-used env VZRIG_JAVA_OPTS=-XX:AOTMode=on vzrig --version

# --- the control socket: ready means that the machine runs, at once
useradd --create-home --groups vzrig,dialout lab
useradd --create-home stranger
systemctl restart vzrigd
check ready-means-running says running lab vzrig ctl status
check control-json says '"board"' lab vzrig ctl --json status
check strangers-are-refused sh -c '! runuser -u stranger -- vzrig ctl status'
check doctor says vzrig lab vzrig doctor --config $settings
check security sh -c 'systemd-analyze security --no-pager vzrigd | awk "/Overall exposure/ { print; exit !(\$7 <= 2.0) }"'

# --- a USB serial adapter: Microchip's vendor, so that our udev rules are for it
plug() { ls /sys/class/udc > $gadget/UDC; }
pull() { echo > $gadget/UDC; }
make_gadget() {
  modprobe dummy_hcd && modprobe libcomposite && modprobe usb_f_acm && modprobe cdc-acm
  mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config
  mkdir -p $gadget/strings/0x409 $gadget/configs/c.1 $gadget/functions/acm.0
  echo 0x04d8 > $gadget/idVendor; echo 0x000a > $gadget/idProduct
  echo vzrig > $gadget/strings/0x409/manufacturer
  echo bench > $gadget/strings/0x409/product
  echo 1234 > $gadget/strings/0x409/serialnumber
  ln -s $gadget/functions/acm.0 $gadget/configs/c.1/
  plug
}
far_end_says() { # TEXT: what comes out of the adapter's other side
  timeout $((10 * patience)) cat /dev/ttyGS0 > /run/far-end & local reader=$!
  within 10 grep -qF -- "$1" /run/far-end; local found=$?
  kill $reader 2>/dev/null; wait $reader 2>/dev/null
  return $found
}
check gadget-plugs make_gadget
check adapter-appears within 20 test -e $port
check adapter-group says dialout stat -L -c %G $port
check modem-manager-ignores says ID_MM_DEVICE_IGNORE=1 udevadm info -q property $port
[ -z "$adapters" ] || stty -F /dev/ttyGS0 raw -echo
cat >> $settings <<EOF

# edited
[serial]
uart4 = ["serial:$port", "log:/var/lib/vzrig/console.log", "pty:/run/vzrig/console"]
[record]
capture = "/var/lib/vzrig/bench.capture"
EOF
sed -i '0,/^\[serial\]$/{/^\[serial\]$/d}; 0,/^\[record\]$/{/^\[record\]$/d}' $settings
check settings-are-right vzrig daemon --check --config $settings
check restarts systemctl restart vzrigd
check adapter-carries-the-console far_end_says '#'
[ -z "$adapters" ] || pull
check adapter-vanishes within 10 absent $port
check runs-without-adapter says running lab vzrig ctl status
pid=$(property MainPID)
[ -z "$adapters" ] || plug
check adapter-is-back within 20 test -e $port
[ -z "$adapters" ] || stty -F /dev/ttyGS0 raw -echo
check route-is-back far_end_says '#'
check same-process is_property MainPID "$pid"
type_key() { printf '\005%s' 1= > /dev/ttyGS0; far_end_says '='; }
check adapter-takes-input type_key

# --- reload
check reloads systemctl reload vzrigd
check still-runs within 20 is_property ActiveState active
cp $settings /run/good
echo 'nonsense = 1' >> $settings
check bad-settings-do-not-stop-it bash -c "systemctl reload vzrigd; systemctl is-active vzrigd"
check bad-settings-are-told within 20 says nonsense journalctl --no-pager -u vzrigd
cp /run/good $settings
notified() {
  socat -u UNIX-RECV:/run/notify.sock - > /run/notified & local ear=$!
  within 10 test -S /run/notify.sock
  sed 's/^capture/#capture/; s/^uart4/#uart4/' $settings > /run/plain.toml
  NOTIFY_SOCKET=/run/notify.sock vzrig daemon --config /run/plain.toml --socket /run/plain.sock & local daemon=$!
  within 60 grep -aq READY=1 /run/notified && kill -HUP $daemon \
    && within 30 grep -aq RELOADING=1 /run/notified && grep -aEq 'MONOTONIC_USEC=[0-9]+' /run/notified
  local result=$?
  kill $daemon; wait $daemon; kill $ear
  return $result
}
check reloading-tells-monotonic-time notified

# --- the journal
check journal-has-fields bash -c 'journalctl --no-pager -o json -u vzrigd VZRIG_RIG=vzrig | grep -m1 -q VZRIG_BOARD'
check journal-names-the-device bash -c "journalctl --no-pager -o json -u vzrigd | grep -m1 -q VZRIG_DEVICE"

# --- a clean stop loses nothing
# From the beginning of the stop to the end of the daemon; what makes the pins safe comes after it.
stop_quickly() {
  systemctl stop vzrigd
  local took=$(( ($(property ExecMainExitTimestampMonotonic) - $(property ActiveExitTimestampMonotonic)) / 1000 ))
  echo "$took ms"
  [ $took -ge 0 ] && [ $took -le $((5000 * patience)) ]
}
check stops-within-5s stop_quickly
check stop-is-a-success is_property Result success
rm -f /var/lib/vzrig/console.log
systemctl start vzrigd
within 20 grep -q '#' /var/lib/vzrig/console.log
systemctl stop vzrigd
complete() {
  local info; info=$(vzrig capture info /var/lib/vzrig/bench.capture) || { echo "$info"; return 1; }
  local sent; sent=$(sed -n 's/^ *U4 sent \([0-9,]*\) bytes$/\1/p' <<< "$info" | tr -d ,)
  echo "captured $sent, logged $(stat -c %s /var/lib/vzrig/console.log): $info"
  [ -n "$sent" ] && [ "$sent" = "$(stat -c %s /var/lib/vzrig/console.log)" ]
}
check no-captured-byte-is-lost complete

# --- kills
systemctl start vzrigd
pid=$(property MainPID)
restarts=$(property NRestarts)
kill -KILL "$pid"
check restarts-after-kill within 30 bash -c "[ \$(systemctl show --value -p NRestarts vzrigd) -gt $restarts ] && systemctl is-active vzrigd"
check answers-after-kill within 20 says running lab vzrig ctl status
pid=$(property MainPID)
kill -STOP "$pid"
check watchdog-restarts within 60 bash -c "[ \$(systemctl show --value -p MainPID vzrigd) != $pid ] && systemctl is-active vzrigd"
check watchdog-is-told says "Watchdog timeout" journalctl --no-pager -u vzrigd

# --- a full disk
mkdir -p /var/lib/vzrig/small
mount -t tmpfs -o size=256k,mode=0777 small /var/lib/vzrig/small
sed -i 's|^capture = .*|capture = "/var/lib/vzrig/small/bench.capture"|' $settings
systemctl restart vzrigd
pid=$(property MainPID)
dd if=/dev/zero of=/var/lib/vzrig/small/filler bs=4k > /dev/null 2>&1
check full-disk-is-told within 60 says "No space left" journalctl --no-pager -u vzrigd
check full-disk-does-not-stop-it says running lab vzrig ctl status
check full-disk-same-process is_property MainPID "$pid"
cp /run/good $settings
systemctl restart vzrigd
umount -l /var/lib/vzrig/small

# --- a second rig, and an upgrade
printf '[rig]\nrun = "/usr/share/vzrig/hypervisor/guests/hello.config"\n' > /etc/vzrig/bench1.toml
check second-rig-starts systemctl start vzrigd@bench1
check second-rig-answers says running lab vzrig ctl --socket /run/vzrig/bench1.sock status
pid=$(property MainPID)
check upgrades dpkg --force-confold -i /mnt/next.deb
check upgrade-keeps-settings says "# edited" cat $settings
check upgrade-restarts differs MainPID "$pid"
check upgrade-runs within 60 is_property ActiveState active
check upgrade-restarts-second-rig says active systemctl is-active vzrigd@bench1
check upgrade-version says 99.0-1 dpkg-query -W vzrig

for extra in /mnt/*/check.sh; do [ ! -f "$extra" ] || . "$extra"; done

# --- removing
check removes dpkg -r vzrig
check removed-services-are-gone bash -c '! systemctl is-active vzrigd && ! systemctl is-active vzrigd@bench1'
check no-process-stays bash -c '! pgrep -u vzrig'
rm -f /etc/vzrig/bench1.toml
check purges dpkg -P vzrig
everything > /run/after
check leaves-nothing diff /run/before /run/after
check user-stays id vzrig
echo done
