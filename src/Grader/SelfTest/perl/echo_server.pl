use strict;
use warnings;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
my $listener = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1',
    LocalPort => shift,
    Listen    => 256,
    ReuseAddr => 1,
) or die "cannot listen: $@\n";
while (1) {
    my $connection = $listener->accept or next;
    my $count = sysread $connection, my $data, 4096;
    syswrite $connection, $data if $count;
    close $connection;
}
