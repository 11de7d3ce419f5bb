package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: echo_client MESSAGE")
		os.Exit(2)
	}
	connection, err := net.DialTimeout("tcp", "localhost:10000", 10*time.Second)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(10 * time.Second))

	go fmt.Fprintln(connection, os.Args[1])

	reply := make([]byte, len(os.Args[1])+1)
	count, err := io.ReadFull(connection, reply)
	os.Stdout.Write(reply[:count])
	if err != nil {
		fmt.Fprintln(os.Stderr, "\nincomplete:", err)
		os.Exit(1)
	}
}
