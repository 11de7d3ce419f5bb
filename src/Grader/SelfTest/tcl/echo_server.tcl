proc serve {connection address port} {
    fconfigure $connection -translation binary -blocking 0 -buffering none
    fileevent $connection readable [list reply $connection]
}

proc reply {connection} {
    catch {puts -nonewline $connection [read $connection 4096]}
    catch {close $connection}
}

socket -server serve -myaddr 127.0.0.1 [lindex $argv 0]
vwait forever
