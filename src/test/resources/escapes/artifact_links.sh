# spec: {"artifacts": {"paths": ["/workspace/out"]}}
# no-artifact: passwd shadow hostname
# Leaves links that lead out of the tree, hard links, pipes, and names that lead elsewhere.
mkdir -p out && cd out || exit 1
ln -s /etc/passwd passwd; ln -s / root; ln -s ../../../../etc/hostname hostname; ln -s /proc/self/environ shadow
ln /etc/passwd hard 2>/dev/null && echo "ESCAPED: a hard link to the image"
mkfifo pipe; : >'..%2f..%2fetc'; : >'a\..\b'; : >"$(printf 'x\nSet-Cookie: a=b')"; : >'<img src=x onerror=alert(1)>'
: >"$(printf '\033]0;pwned\007')"
