<?php
$server = stream_socket_server("tcp://127.0.0.1:$argv[1]", $code, $message);
$clients = [];
$lines = [];
while (true) {
    $read = [...$clients, $server];
    $write = $except = null;
    if (stream_select($read, $write, $except, null) === false) {
        break;
    }
    foreach ($read as $socket) {
        if ($socket === $server) {
            $client = stream_socket_accept($server);
            $clients[(int)$client] = $client;
            $lines[(int)$client] = "";
            continue;
        }
        $data = fread($socket, 65536);
        if ($data === "" || $data === false) {
            fclose($socket);
            unset($clients[(int)$socket]);
            continue;
        }
        $lines[(int)$socket] .= $data;
        while (($end = strpos($lines[(int)$socket], "\n")) !== false) {
            $words = preg_split('/\s+/', trim(substr($lines[(int)$socket], 0, $end)));
            $lines[(int)$socket] = substr($lines[(int)$socket], $end + 1);
            $isRight = count($words) === 2 && is_numeric($words[0]) && is_numeric($words[1]);
            @fwrite($socket, ($isRight ? $words[0] . $words[1] : "error: two numbers please") . "\n");
        }
    }
}
