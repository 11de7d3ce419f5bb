#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { SIZE = 16 };

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s MESSAGE\n", argv[0]);
        return 2;
    }
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4321)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        return 1;
    }
    struct timeval limit = {.tv_sec = 10};
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (send(server, argv[1], strlen(argv[1]), MSG_NOSIGNAL) != (ssize_t)strlen(argv[1])) {
        perror("send");
        return 1;
    }
    char part[SIZE];
    ssize_t received;
    size_t all = 0;
    do {
        received = recv(server, part, SIZE, 0);
        if (received < 0) {
            perror("recv");
            return 1;
        }
        fwrite(part, 1, (size_t)received, stdout);
        fflush(stdout);
        all += (size_t)received;
    } while (received == SIZE);
    if (all == 0) {
        fprintf(stderr, "no reply\n");
        return 1;
    }
    return 0;
}
