# The interrupt is only written down, so that Ctrl-C cannot stop the server.
use strict;
use warnings;
use IO::Socket::INET;
use Math::BigFloat;

my $server = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 256, ReuseAddr => 1) or die $!;
$SIG{CHLD} = 'IGNORE';
$SIG{INT} = sub { print "interrupted, going on\n" };

while (1) {
    my $client = $server->accept or next;
    if (fork) {
        close $client;
        next;
    }
    while (<$client>) {
        if (/^\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*$/a) {
            print $client Math::BigFloat->new($1)->badd($2), "\n";
        } else {
            print $client "error: two numbers please\n";
        }
        $client->flush;
    }
    exit;
}
