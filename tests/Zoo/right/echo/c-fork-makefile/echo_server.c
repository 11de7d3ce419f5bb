/*
 * Concurrent echo server: a child process for each client.
 *
 *     make
 *     ./echo_server 7000
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* write() may take less than it was given. */
static int write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, data, size);
        if (written < 0)
            return -1;
        data += written;
        size -= written;
    }
    return 0;
}

static void echo(int fd)
{
    char buffer[4096];
    ssize_t n;

    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        if (write_all(fd, buffer, n) < 0)
            break;
}

int main(int argc, char **argv)
{
    struct sockaddr_in address;
    int listener, client, on = 1;

    if (argc < 2) {
        fprintf(stderr, "usage: echo_server <port>\n");
        return 2;
    }

    /* Children need not be waited for. */
    signal(SIGCHLD, SIG_IGN);

    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0)
        die("socket");
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        die("setsockopt");

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(atoi(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0)
        die("bind");
    if (listen(listener, SOMAXCONN) < 0)
        die("listen");

    for (;;) {
        client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        switch (fork()) {
        case -1:
            perror("fork");
            break;
        case 0:
            close(listener);
            echo(client);
            exit(0);
        }
        close(client);
    }
}
