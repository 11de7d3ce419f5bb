#!/bin/bash
exec socat "TCP4-LISTEN:$1,bind=127.0.0.1,reuseaddr,fork,backlog=256" EXEC:'dd bs=4096 count=1 status=none'
