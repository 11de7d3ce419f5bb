# Reads until the client closes before it answers; a client that waits for its reply waits for ever.
use strict;
use warnings;
use IO::Socket::INET;
use Math::BigFloat;

my $server = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 256, ReuseAddr => 1) or die $!;
$SIG{CHLD} = 'IGNORE';

while (1) {
    my $client = $server->accept or next;
    if (fork) {
        close $client;
        next;
    }
    my @requests = <$client>;
    for (@requests) {
        my @numbers = split;
        if (@numbers == 2 && !grep { !/^[+-]?\d+(\.\d+)?$/a } @numbers) {
            print $client Math::BigFloat->new($numbers[0])->badd($numbers[1]), "\n";
        } else {
            print $client "error: two numbers please\n";
        }
    }
    exit;
}
