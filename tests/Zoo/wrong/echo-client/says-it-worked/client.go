package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

func main() {
	connection, err := net.Dial("tcp", "127.0.0.1:6000")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	connection.SetDeadline(time.Now().Add(10 * time.Second))
	message := []byte(os.Args[1])
	go connection.Write(message)
	reply := make([]byte, len(message))
	if _, err := io.ReadFull(connection, reply); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("The server has replied.")
}
