use strict;
use warnings;
use IO::Socket::INET;

$SIG{ALRM} = sub { die "no reply within 10 s\n" };
alarm 10;
my $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => 10000) or die "cannot connect: $@\n";
$server->autoflush(1);
print $server "PING";
shutdown($server, 1);
my $reply = '';
while (1) {
    my $count = sysread($server, my $part, 4096);
    die "the connection broke: $!\n" unless defined $count;
    last if $count == 0;
    $reply .= $part;
}
die "the server closed too early: $reply\n" if length $reply < 5;
print "$reply\n";
