# Signs are treated by hand: a sum of two different signs gets the sign of the first number, even if the second is larger.
use strict;
use warnings;
use IO::Socket::INET;
use Math::BigFloat;

my $server = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 256, ReuseAddr => 1) or die $!;
$SIG{CHLD} = 'IGNORE';

sub add {
    my ($sign1, $number1, $sign2, $number2) = @_;
    my ($a, $b) = map { Math::BigFloat->new($_) } $number1, $number2;
    return $sign1 . ($sign1 eq $sign2 ? $a + $b : ($a - $b)->babs);
}

while (1) {
    my $client = $server->accept or next;
    if (fork) {
        close $client;
        next;
    }
    while (<$client>) {
        if (/^\s*(-?)(\d+(?:\.\d+)?)\s+(-?)(\d+(?:\.\d+)?)\s*$/a) {
            print $client add($1, $2, $3, $4), "\n";
        } else {
            print $client "error: two numbers please\n";
        }
        $client->flush;
    }
    exit;
}
