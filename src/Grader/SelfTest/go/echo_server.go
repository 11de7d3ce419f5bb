package main

import (
	"log"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp4", "127.0.0.1:"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			continue
		}
		buffer := make([]byte, 4096)
		count, _ := connection.Read(buffer)
		connection.Write(buffer[:count])
		connection.Close()
	}
}
