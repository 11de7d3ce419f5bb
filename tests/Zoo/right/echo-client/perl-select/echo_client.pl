use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my ($message) = @ARGV;
die "usage: perl echo_client.pl MESSAGE\n" unless defined $message;

my $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => 7777, Timeout => 10)
    or die "cannot connect: $@\n";
$server->autoflush(1);
print $server $message;
shutdown($server, 1);

my $ready = IO::Select->new($server);
my $reply = '';
while (1) {
    die "no reply within 10 s\n" unless $ready->can_read(10);
    my $count = sysread($server, my $part, 4096);
    die "the connection broke: $!\n" unless defined $count;
    last if $count == 0;
    $reply .= $part;
}
die "the server closed after @{[length $reply]} bytes: $reply\n" if length $reply < length $message;
print "$reply\n";
