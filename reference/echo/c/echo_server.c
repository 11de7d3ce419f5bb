/* Echo server: one process, poll(), non-blocking sockets. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS 1000
#define CHUNK 4096

/* What a client has sent and not yet got back: bytes begin..end of data. */
struct pending {
    char data[CHUNK];
    size_t begin, end;
};

static struct pollfd fds[1 + MAX_CLIENTS]; /* fds[0] is the listening socket */
static struct pending pendings[1 + MAX_CLIENTS];
static nfds_t count = 1;

static int open_listener(int port)
{
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};

    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 256) < 0) {
        perror("cannot listen");
        exit(EXIT_FAILURE);
    }
    return fd;
}

static void add_client(int fd)
{
    if (fd < 0)
        return;
    if (count > MAX_CLIENTS) {
        close(fd);
        return;
    }
    fds[count].fd = fd;
    fds[count].events = POLLIN;
    fds[count].revents = 0;
    pendings[count].begin = pendings[count].end = 0;
    count++;
}

static void remove_client(nfds_t i)
{
    close(fds[i].fd);
    count--;
    fds[i] = fds[count];
    pendings[i] = pendings[count];
}

/* Returns 0 when the connection is over. */
static int serve(nfds_t i)
{
    struct pending *p = &pendings[i];
    ssize_t n;

    if (p->begin == p->end) {
        n = recv(fds[i].fd, p->data, CHUNK, 0);
        if (n <= 0)
            return n < 0 && (errno == EAGAIN || errno == EINTR);
        p->begin = 0;
        p->end = n;
    }
    /* MSG_NOSIGNAL: a client that is gone must not kill us with SIGPIPE. */
    n = send(fds[i].fd, p->data + p->begin, p->end - p->begin, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        return 0;
    if (n > 0)
        p->begin += n;
    /* Read on only when everything has been returned. */
    fds[i].events = p->begin == p->end ? POLLIN : POLLOUT;
    return 1;
}

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return EXIT_FAILURE;
    }
    fds[0].fd = open_listener(atoi(argv[1]));
    fds[0].events = POLLIN;

    for (;;) {
        if (poll(fds, count, -1) < 0)
            continue;
        /* Backwards, because remove_client moves the last one to the gap. */
        for (nfds_t i = count - 1; i > 0; i--)
            if (fds[i].revents && !serve(i))
                remove_client(i);
        if (fds[0].revents)
            add_client(accept4(fds[0].fd, NULL, NULL, SOCK_NONBLOCK));
    }
}
