#!/bin/sh
# Runs a command where a hole in the sandbox hurts nobody: in namespaces of its own, with a file system that cannot be
# written to but for ROOT and a private /tmp, and with bounds on memory and processes where cgroups can be had. Tells in
# ROOT/after.txt what the command left behind. Started by: unshare --mount --net --pid --fork --kill-child --mount-proc
#   guard.sh ROOT COMMAND...
set -u
root=$1
here=$(dirname "$0")
shift

for controller in memory pids; do
    own=$(sed -n "s/^[0-9]*:$controller://p" /proc/self/cgroup)
    group=/sys/fs/cgroup/$controller$own/grader-hostile-$(basename "$root")
    if [ -n "$own" ] && mkdir "$group" 2> /dev/null; then
        echo 6000000000 > "$group/memory.limit_in_bytes"
        echo 6000 > "$group/pids.max"
        echo 0 > "$group/cgroup.procs"
    fi 2> /dev/null
done

mount -t tmpfs tmpfs /mnt
mkdir /mnt/root
mount --bind "$root" /mnt/root
mount -t tmpfs -o size=4g,mode=1777 tmpfs /tmp
mkdir -p "$root"
mount --move /mnt/root "$root"
mount -o remount,bind,ro / || echo 'the file system can be written to' >> "$root/after.txt"

ip link set lo up
python3 "$here/canary.py" "$root" &
while [ ! -e "$root/canary.txt" ]; do sleep 0.1; done
cat /proc/self/mounts > "$root/mounts-before.txt"
cd "$root" || exit
"$@"
code=$?
cat /proc/self/mounts > "$root/mounts-after.txt"
# Those of the guard itself are the shell, the canary and the list.
for process in /proc/[0-9]*; do
    echo "process $(tr '\0' ' ' < "$process/cmdline" | cut -c 1-100)"
done >> "$root/after.txt" 2> /dev/null
find /tmp -mindepth 1 -maxdepth 1 ! -name 'clr-debug-pipe-*' ! -name 'dotnet-diagnostic-*' ! -path "$root" \
    | sed 's/^/file /' >> "$root/after.txt"
exit $code
