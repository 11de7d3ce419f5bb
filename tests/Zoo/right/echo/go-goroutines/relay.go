package main

import (
	"io"
	"log"
	"net"
)

// relay returns what the client sends until the client has said that it will send no more.
func relay(conn net.Conn) {
	defer conn.Close()
	if _, err := io.Copy(conn, conn); err != nil {
		log.Print("client lost: ", err)
	}
}
