package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("two numbers are needed")
	}
	for _, word := range os.Args[1:] {
		if _, err := strconv.ParseFloat(word, 64); err != nil {
			log.Fatal(word, " is no number")
		}
	}
	conn, err := net.Dial("tcp", "127.0.0.1:50000")
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(conn, "%s %s\n", os.Args[1], os.Args[2])
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		log.Fatal(err)
	}
	log.Print("sum: ", strings.TrimSpace(line))
}
