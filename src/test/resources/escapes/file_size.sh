# spec: {"resources": {"disk": "16Mi"}}
# expect: failed
# Makes one file larger than its whole budget in one call.
perl -e 'open F, ">", "/workspace/big"; seek F, 1 << 33, 0; syswrite F, "x" or exit 9; print "ESCAPED: 8 GiB\n"'
