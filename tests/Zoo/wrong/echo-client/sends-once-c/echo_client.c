#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s MESSAGE\n", argv[0]);
        return 2;
    }
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(10000)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        return 1;
    }
    struct timeval limit = {.tv_sec = 10};
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ssize_t sent = send(server, argv[1], strlen(argv[1]), MSG_NOSIGNAL | MSG_DONTWAIT);
    char part[4096];
    while (sent > 0) {
        ssize_t received = recv(server, part, sizeof part, 0);
        if (received <= 0) {
            fprintf(stderr, "the server closed too early\n");
            return 1;
        }
        fwrite(part, 1, (size_t)received, stdout);
        sent -= received;
    }
    return sent < 0;
}
