#!/bin/bash
# install-check.sh DEB VERSION: runs in a throw-away copy of this computer's root, which dpkg changes.
# Prints "ok NAME" or "FAILED NAME: why" for every check; PackageInstallTest asks for the names.
deb=$1 version=$2
export DEBIAN_FRONTEND=noninteractive HOME=/root
cd /

check() { # NAME COMMAND...
  local name=$1 output; shift
  if output=$("$@" 2>&1); then echo "ok $name"; else echo "FAILED $name: $output" | tr '\n' '|'; echo; fi
}
says() { # TEXT COMMAND...: the command ends well and prints TEXT
  local text=$1 output; shift
  output=$("$@" 2>&1) || { echo "$output"; return 1; }
  grep -qF -- "$text" <<< "$output" || { echo "no '$text' in: $output"; return 1; }
}
absent() { local path; for path in "$@"; do [ ! -e "$path" ] || { echo "$path is there"; return 1; }; done; }
# Everything below the folders that the package uses; caches of dpkg and its like are not ours.
everything() { find /etc /usr /var/lib /var/cache /opt /root -xdev 2>/dev/null | grep -v -E \
  '^/(etc/(passwd|group|gshadow|shadow)-?|var/lib/(dpkg|systemd/deb-systemd-helper-|apt)|var/cache/(man|ldconfig|debconf|apt))(/|$)' | sort; }

everything > /run/before
check installs dpkg -i "$deb"
check version says "vzrig $version" vzrig --version
check user says vzrig id vzrig
check groups says "dialout" id -nG vzrig
check state-folder says "750 vzrig" stat -c '%a %U' /var/lib/vzrig
# with AOTMode=on the JVM refuses to start where it cannot use the archive
check archive-used env VZRIG_JAVA_OPTS=-XX:AOTMode=on vzrig --version
check demo says DEVID vzrig run --pace fast --for 3s
check configurations sh -c 'cd /usr/share/vzrig/hypervisor/guests; for c in seven attack dm320007; do vzrig config check $c.config || exit 1; done'
check disasm says jalr vzrig disasm /usr/share/vzrig/hypervisor/guests/polling/polling.elf
check settings vzrig daemon --check --config /etc/vzrig/vzrig.toml
check doctor says "Java 25" sh -c 'vzrig doctor; test $? = 0 -o $? = 8'
check flash-usage sh -c 'vzrig flash -d /dev/nothing /usr/share/vzrig/hypervisor/guests/polling/polling.elf; test $? = 20'
check flash-usb sh -c 'vzrig flash; test $? = 0 -o $? = 21'
check pic32prog says "file.srec" pic32prog --help
check completion says _complete_vzrig bash -c '. /usr/share/bash-completion/completions/vzrig; complete -p vzrig'
check compare says same sh -c 'cd /usr/share/vzrig/hypervisor/guests; vzrig compare hello.config --real run:hello.config --for 1s'
check daemon bash -c '
  cp /etc/vzrig/vzrig.toml /tmp/t.toml
  vzrig daemon --config /tmp/t.toml --socket /tmp/t.sock > /tmp/t.log 2>&1 & pid=$!
  until [ -S /tmp/t.sock ] || ! kill -0 $pid; do read -rt 0.05 <> <(:); done
  vzrig ctl --socket /tmp/t.sock status | grep -q wifire; status=$?
  kill $pid; wait $pid; ended=$?
  [ $status = 0 ] && [ $ended = 143 ] || { echo "status $status, ended $ended"; cat /tmp/t.log; exit 1; }'

# an upgrade to a version whose settings have changed, over settings that were edited
echo '# edited' >> /etc/vzrig/vzrig.toml
dpkg-deb -R "$deb" /run/next
sed -i 's/^Version: .*/Version: 99.0-1/' /run/next/DEBIAN/control
echo '# new default' >> /run/next/etc/vzrig/vzrig.toml
dpkg-deb -Znone -b /run/next /run/next.deb > /dev/null
check upgrades dpkg --force-confold -i /run/next.deb
check keeps-settings says '# edited' cat /etc/vzrig/vzrig.toml
check archive-after-upgrade env VZRIG_JAVA_OPTS=-XX:AOTMode=on vzrig --version
# an archive of other modules is never used, even if it is there
touch /usr/lib/vzrig/modules/jna-*.jar
check stale-archive-refused sh -c '! VZRIG_JAVA_OPTS=-XX:AOTMode=on vzrig --version && vzrig --version'

touch /var/lib/vzrig/recording
check removes dpkg -r vzrig
check keeps-settings-when-removed says '# edited' cat /etc/vzrig/vzrig.toml
check keeps-recordings-when-removed test -f /var/lib/vzrig/recording
check removed-program absent /usr/bin/vzrig /usr/bin/pic32prog /usr/lib/vzrig /usr/share/vzrig /var/cache/vzrig
check purges dpkg -P vzrig
everything > /run/after
check leaves-nothing diff /run/before /run/after
echo done
