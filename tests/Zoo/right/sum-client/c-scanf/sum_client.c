/* Asks for two numbers on standard input, and for nothing else. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return end != text && *end == '\0';
}

int main(void)
{
    char first[64], second[64], request[160];
    if (scanf("%63s %63s", first, second) != 2 || !is_number(first) || !is_number(second)) {
        fprintf(stderr, "two numbers are needed\n");
        return 2;
    }
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval limit = {.tv_sec = 10};
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(5555)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        return 1;
    }
    int length = snprintf(request, sizeof request, "%s %s\n", first, second);
    if (send(server, request, (size_t)length, MSG_NOSIGNAL) != length) {
        perror("send");
        return 1;
    }
    char reply[128];
    size_t filled = 0;
    while (filled == 0 || reply[filled - 1] != '\n') {
        ssize_t received = recv(server, reply + filled, sizeof reply - 1 - filled, 0);
        if (received <= 0) {
            fprintf(stderr, "no whole reply\n");
            return 1;
        }
        filled += (size_t)received;
    }
    reply[filled] = '\0';
    printf("The sum is %s", reply);
    return 0;
}
