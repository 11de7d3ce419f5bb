#!/usr/bin/perl
# Echo server in one process: select tells which sockets are ready. Usage: perl echo_server.pl PORT
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my $port = shift or die "usage: $0 PORT\n";
my $listener = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1',
    LocalPort => $port,
    Listen    => 256,
    ReuseAddr => 1,
    Blocking  => 0,
) or die "cannot listen on port $port: $@\n";
$SIG{PIPE} = 'IGNORE';    # a client that is gone is told by the error of syswrite

my $readers = IO::Select->new($listener);
my $writers = IO::Select->new;
my %pending;              # what each client has sent and not yet got back

sub drop {
    my $client = shift;
    $readers->remove($client);
    $writers->remove($client);
    delete $pending{$client};
    close $client;
}

sub receive {
    my $client = shift;
    my $count  = sysread $client, my $data, 4096;
    return if !defined $count && ($!{EAGAIN} || $!{EINTR});
    return drop($client) unless $count;
    # Nothing more is read from it before all of this has gone back, so no buffer grows.
    $pending{$client} = $data;
    $readers->remove($client);
    $writers->add($client);
}

sub send_back {
    my $client = shift;
    my $count  = syswrite $client, $pending{$client};
    return if !defined $count && ($!{EAGAIN} || $!{EINTR});
    return drop($client) unless defined $count;
    substr $pending{$client}, 0, $count, '';
    return if length $pending{$client};
    $writers->remove($client);
    $readers->add($client);
}

while (1) {
    my ($readable, $writable) = IO::Select->select($readers, $writers);
    send_back($_) for @{ $writable // [] };
    for my $socket (@{ $readable // [] }) {
        if ($socket != $listener) {
            receive($socket);
        }
        elsif (my $client = $listener->accept) {
            $client->blocking(0);
            $readers->add($client);
        }
    }
}
