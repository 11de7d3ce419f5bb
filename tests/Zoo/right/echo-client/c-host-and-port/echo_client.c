/* usage: echo_client HOST PORT MESSAGE */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int connect_to(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *addresses;
    int error = getaddrinfo(host, port, &hints, &addresses);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        return -1;
    }
    int connection = -1;
    for (struct addrinfo *address = addresses; address != NULL; address = address->ai_next) {
        connection = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
        if (connection >= 0 && connect(connection, address->ai_addr, address->ai_addrlen) == 0)
            break;
        if (connection >= 0)
            close(connection);
        connection = -1;
    }
    freeaddrinfo(addresses);
    if (connection < 0)
        perror(host);
    return connection;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGE\n", argv[0]);
        return 2;
    }
    int connection = connect_to(argv[1], argv[2]);
    if (connection < 0)
        return 1;
    struct timeval limit = {.tv_sec = 10};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);

    const char *rest = argv[3];
    size_t left = strlen(rest);
    while (left > 0) {
        ssize_t sent = send(connection, rest, left, MSG_NOSIGNAL);
        if (sent < 0) {
            perror("send");
            return 1;
        }
        rest += sent;
        left -= (size_t)sent;
    }

    char buffer[32];
    for (left = strlen(argv[3]); left > 0;) {
        ssize_t received = recv(connection, buffer, sizeof buffer, 0);
        if (received <= 0) {
            fprintf(stderr, received < 0 ? "recv failed\n" : "the server closed too early\n");
            return 1;
        }
        fwrite(buffer, 1, (size_t)received, stdout);
        left -= left < (size_t)received ? left : (size_t)received;
    }
    close(connection);
    return 0;
}
