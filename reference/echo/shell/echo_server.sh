#!/bin/bash
# Echo server: socat listens, and forks a process for each client, whose output cat makes of its input.
# Usage: bash echo_server.sh PORT

port=${1:?usage: echo_server.sh PORT}

# exec: Ctrl-C and all other signals are for socat itself.
exec socat "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork,backlog=256" EXEC:cat
