<?php

$listener = stream_socket_server("tcp://127.0.0.1:{$argv[1]}");
while (true) {
    $connection = @stream_socket_accept($listener, -1);
    if ($connection === false) {
        continue;
    }
    @fwrite($connection, (string) @fread($connection, 4096));
    fclose($connection);
}
