#!/bin/bash
# usage: client.sh MESSAGE
if [ $# -ne 1 ]; then
    echo "usage: client.sh MESSAGE" >&2
    exit 2
fi
reply=$(printf %s "$1" | timeout 10 socat -t 10 - TCP4:127.0.0.1:10000)
status=$?
printf '%s\n' "$reply"
if [ $status -ne 0 ] || [ "${#reply}" -lt "${#1}" ]; then
    echo "the reply is incomplete" >&2
    exit 1
fi
