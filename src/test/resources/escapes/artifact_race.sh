# spec: {"artifacts": {"paths": ["/workspace/out"]}}
# no-artifact: passwd shadow
# Changes a directory into a link and back while it is collected, if it could.
mkdir -p out/d && echo fine >out/d/mine
setsid sh -c 'while :; do mv out/d out/e; ln -s /etc out/d; rm out/d; mv out/e out/d; done' >/dev/null 2>&1 &
sleep 0.3
