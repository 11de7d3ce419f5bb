<?php
if ($argc != 3 || !is_numeric($argv[1]) || !is_numeric($argv[2])) {
    fwrite(STDERR, "usage: php sum_client.php A B\n");
    exit(2);
}
$server = @stream_socket_client('tcp://127.0.0.1:50000', $number, $reason, 10);
if (!$server) {
    fwrite(STDERR, "cannot connect: $reason\n");
    exit(1);
}
stream_set_timeout($server, 10);
fwrite($server, "$argv[1] $argv[2]\n");
$line = fgets($server);
if ($line === false || substr($line, -1) != "\n") {
    fwrite(STDERR, "no whole reply\n");
    exit(1);
}
echo "Sum: ", $line;
