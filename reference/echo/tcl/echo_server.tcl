# Echo server of events. Usage: tclsh echo_server.tcl PORT

proc accept {client address port} {
    # Bytes, not text: no encoding, no change of line ends, nothing kept back.
    fconfigure $client -blocking 0 -translation binary -buffering none
    copy $client
}

# What comes from the client goes back to it, in the background and at its pace, until its end of file.
proc copy {client} {
    fcopy $client $client -command [list finish $client]
}

proc finish {client count {error ""}} {
    if {$error ne ""} {
        puts stderr "client lost: $error"
    }
    catch {close $client}
}

socket -server accept -myaddr 127.0.0.1 [lindex $argv 0]
vwait forever
