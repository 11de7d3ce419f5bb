# After fork both have the client's socket: the parent keeps its copy in a table, and so the connection never ends.
use strict;
use warnings;
use IO::Socket::INET;
use Math::BigFloat;

my $server = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 256, ReuseAddr => 1) or die $!;
$SIG{CHLD} = 'IGNORE';
my %clients;

while (1) {
    my $client = $server->accept or next;
    my $pid = fork;
    if ($pid) {
        $clients{$pid} = $client;
        next;
    }
    while (<$client>) {
        my @numbers = split;
        if (@numbers == 2 && "@numbers" =~ /^-?\d+(\.\d+)? -?\d+(\.\d+)?$/a) {
            print $client Math::BigFloat->new($numbers[0])->badd($numbers[1]), "\n";
        } else {
            print $client "error: two numbers please\n";
        }
        $client->flush;
    }
    exit;
}
