#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval limit = {.tv_sec = 10};
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(10000)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    connect(server, (struct sockaddr *)&address, sizeof address);
    send(server, argv[1], strlen(argv[1]), MSG_NOSIGNAL);
    char part[4096];
    ssize_t received, left = (ssize_t)strlen(argv[1]);
    while (left > 0 && (received = recv(server, part, sizeof part, 0)) > 0) {
        fwrite(part, 1, (size_t)received, stdout);
        left -= received;
    }
    printf("\n");
    return 0;
}
