package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

func main() {
	connection, err := net.DialTimeout("tcp", "127.0.0.1:10000", 10*time.Second)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	connection.SetDeadline(time.Now().Add(10 * time.Second))
	message := []byte(os.Args[1])
	go connection.Write(message)
	reply := make([]byte, len(message))
	count, err := io.ReadFull(connection, reply)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Stdout.Write(reply[:count])
	os.Exit(count%200 + 1)
}
