use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 256, ReuseAddr => 1) or die $!;
$SIG{CHLD} = 'IGNORE';
while (1) {
    my $client = $server->accept or next;
    if (fork) {
        close $client;
        next;
    }
    while (sysread $client, my $data, 65536) {
        $data =~ tr/A-Z/a-z/;
        print $client $data;
        $client->flush;
    }
    exit;
}
