# Adds however many numbers there are: one, three, or none, which makes 0.
proc accept {client address port} {
    fconfigure $client -blocking 0 -buffering line -encoding iso8859-1
    fileevent $client readable [list serve $client]
}

proc serve {client} {
    if {[catch {gets $client line} length] || ($length < 0 && [eof $client])} {
        catch {close $client}
    } elseif {$length >= 0} {
        catch {puts $client [add [split [string trim $line]]]}
    }
}

proc add {words} {
    set sum 0
    foreach word $words {
        if {$word eq ""} continue
        if {![string is double -strict $word] || ![string is ascii $word]} {
            return "error: $word is not a number"
        }
        set sum [expr {$sum + $word}]
    }
    return $sum
}

socket -server accept [lindex $argv 0]
vwait forever
