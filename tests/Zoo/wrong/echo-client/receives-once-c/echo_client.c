#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s ADDRESS PORT MESSAGE\n", argv[0]);
        return 2;
    }
    int server = socket(AF_INET, SOCK_STREAM, 0), port;
    sscanf(argv[2], "%d", &port);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    inet_pton(AF_INET, argv[1], &address.sin_addr);
    if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        return 1;
    }
    struct timeval limit = {.tv_sec = 10};
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    for (size_t sent = 0; sent < strlen(argv[3]);) {
        ssize_t count = send(server, argv[3] + sent, strlen(argv[3]) - sent, MSG_NOSIGNAL);
        if (count < 0) {
            perror("send");
            return 1;
        }
        sent += (size_t)count;
    }
    char reply[1024];
    ssize_t received = recv(server, reply, sizeof reply - 1, 0);
    if (received <= 0) {
        fprintf(stderr, "no reply\n");
        return 1;
    }
    reply[received] = '\0';
    printf("Server says: %s\n", reply);
    return 0;
}
