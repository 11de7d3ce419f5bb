// Echo server: a goroutine for each client. Usage: go run echo_server.go PORT
package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

func serve(connection net.Conn) {
	// Closed on every way out; an error ends this client's connection and no other.
	defer connection.Close()
	// Copy returns at end of file, when all that was read has gone back.
	io.Copy(connection, connection)
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: echo_server PORT")
		os.Exit(2)
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			// This client is gone before it was served; the next one is not.
			continue
		}
		go serve(connection)
	}
}
