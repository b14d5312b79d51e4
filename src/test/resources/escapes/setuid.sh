# Gets to be root by programs that are root's.
for program in /bin/su /usr/bin/su /usr/bin/passwd /usr/bin/newgrp /usr/bin/mount /usr/bin/chsh; do
  if [ -u $program ] && [ "$(echo id -u | timeout 2 $program 2>/dev/null </dev/null)" = 0 ]; then echo "ESCAPED: $program"; fi
done
timeout 2 su -c 'id -u' root </dev/null 2>/dev/null | grep -qx 0 && echo "ESCAPED: su"
cp /usr/bin/id /workspace/id && chmod 4755 /workspace/id && chown 0 /workspace/id 2>/dev/null && echo "ESCAPED: chown"
[ "$(/workspace/id -u)" = 0 ] && echo "ESCAPED: a setuid copy"
grep -q '^NoNewPrivs:.1' /proc/self/status || echo "ESCAPED: new privileges are possible"
perl -e '$< = $> = 0; print "ESCAPED: setuid\n" if $> == 0'
perl -e '$( = $) = 0; print "ESCAPED: setgid\n" if $) == 0'
