<?php
// Echo server: stream_select tells which sockets are ready. Usage: php echo_server.php PORT

const CHUNK = 4096;

$port = $argv[1] ?? getenv('PORT');
$context = stream_context_create(['socket' => ['so_reuseaddr' => true, 'backlog' => 256]]);
$listener = stream_socket_server(
    "tcp://127.0.0.1:$port",
    $code,
    $message,
    STREAM_SERVER_BIND | STREAM_SERVER_LISTEN,
    $context
);
if ($listener === false) {
    fwrite(STDERR, "cannot listen on port $port: $message\n");
    exit(1);
}
stream_set_blocking($listener, false);

$clients = [];
$pending = []; // what each client has sent and not yet got back

while (true) {
    $readable = [$listener];
    $writable = [];
    foreach ($clients as $id => $client) {
        // A client that has not taken its echo yet is not read from: so no buffer grows.
        if ($pending[$id] === '') {
            $readable[] = $client;
        } else {
            $writable[] = $client;
        }
    }
    $except = null;
    if (stream_select($readable, $writable, $except, null) === false) {
        continue;
    }
    foreach ($readable as $socket) {
        if ($socket === $listener) {
            $client = @stream_socket_accept($listener, 0);
            if ($client !== false) {
                stream_set_blocking($client, false);
                // Bytes that wait in PHP's own buffer would be unknown to select.
                stream_set_read_buffer($client, 0);
                $clients[(int) $client] = $client;
                $pending[(int) $client] = '';
            }
            continue;
        }
        $data = @fread($socket, CHUNK);
        if ($data === false || ($data === '' && feof($socket))) {
            fclose($socket);
            unset($clients[(int) $socket], $pending[(int) $socket]);
        } else {
            $pending[(int) $socket] = $data;
        }
    }
    foreach ($writable as $socket) {
        $sent = @fwrite($socket, $pending[(int) $socket]);
        if ($sent === false) {
            fclose($socket);
            unset($clients[(int) $socket], $pending[(int) $socket]);
        } else {
            $pending[(int) $socket] = substr($pending[(int) $socket], $sent);
        }
    }
}
