# Sum server: one thread, an event for each line. Usage: tclsh sum_server.tcl PORT

proc accept {client address port} {
    fconfigure $client -blocking 0 -buffering line -encoding iso8859-1 -translation lf
    fileevent $client readable [list serve $client]
}

proc serve {client} {
    # an error here is this client's, not the server's
    if {[catch {
        while {[gets $client line] >= 0} {
            puts $client [answer $line]
        }
        set over [eof $client]
    }] || $over} {
        catch {close $client}
    }
}

proc answer {line} {
    set number {([+-]?)([0-9]+)(?:\.([0-9]+))?}
    if {![regexp "^\[ \t\]*$number\[ \t\]+$number\[ \t\]*\r?$" $line -> sign1 whole1 part1 sign2 whole2 part2]} {
        return "error: usage is NUMBER NUMBER"
    }
    # both as whole numbers of 10^-places, which Tcl adds exactly
    set places [expr {max([string length $part1], [string length $part2])}]
    set sum [expr {[units $sign1 $whole1 $part1 $places] + [units $sign2 $whole2 $part2 $places]}]
    set digits [format "%0[expr {$places + 1}]lld" [expr {abs($sum)}]]
    set point [expr {[string length $digits] - $places}]
    set result [expr {$sum < 0 ? "-" : ""}][string range $digits 0 $point-1]
    if {$places > 0} {
        append result . [string range $digits $point end]
    }
    return "sum=$result"
}

# scan, since expr would take a leading zero for octal
proc units {sign whole part places} {
    scan $sign$whole$part[string repeat 0 [expr {$places - [string length $part]}]] %lld
}

socket -server accept -myaddr 127.0.0.1 [lindex $argv 0]
vwait forever
