#!/usr/bin/perl
# Sum server: a child process for each client. Usage: perl sum_server.pl PORT
use strict;
use warnings;
use IO::Socket::INET;
use Math::BigFloat;

my $NUMBER = qr/[+-]?[0-9]+(?:\.[0-9]+)?/;

my $server = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], Listen => 256, ReuseAddr => 1,
) or die "cannot listen: $!";

$SIG{CHLD} = 'IGNORE';    # children need not be waited for

while (1) {
    my $client = $server->accept or next;
    if (!fork) {
        close $server;
        serve($client);
        exit;
    }
    close $client;
}

sub serve {
    my ($client) = @_;
    $client->autoflush(1);
    while (my $line = <$client>) {
        if ($line =~ /^\s*($NUMBER)\s+($NUMBER)\s*$/a) {
            print $client "$1 + $2 = ", Math::BigFloat->new($1)->badd($2)->bstr, "\n";
        } else {
            print $client "syntax error\n";
        }
    }
}
