#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(int argc, char **argv)
{
    char *end = "x";
    if (argc == 3)
        strtod(argv[1], &end);
    if (*end != '\0') {
        fprintf(stderr, "usage: %s A B\n", argv[0]);
        return 2;
    }
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval limit = {.tv_sec = 10};
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(50000)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    connect(server, (struct sockaddr *)&address, sizeof address);
    char text[256];
    int length = snprintf(text, sizeof text, "%s %s\n", argv[1], argv[2]);
    send(server, text, (size_t)length, MSG_NOSIGNAL);
    memset(text, 0, sizeof text);
    for (size_t filled = 0; filled == 0 || text[filled - 1] != '\n';) {
        ssize_t received = recv(server, text + filled, sizeof text - 1 - filled, 0);
        if (received <= 0)
            break;
        filled += (size_t)received;
    }
    printf("Sum: %s\n", text);
    return 0;
}
