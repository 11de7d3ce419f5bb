#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(void)
{
    const size_t most = 2 << 20;
    char *message = malloc(most);
    if (scanf("%2000000s", message) != 1) {
        fprintf(stderr, "a message is needed\n");
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
    size_t length = strlen(message);
    for (size_t sent = 0, received = 0; received < length;) {
        char part[4096];
        if (sent < length) {
            ssize_t count = send(server, message + sent, length - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
            sent += count > 0 ? (size_t)count : 0;
        }
        ssize_t count = recv(server, part, sizeof part, 0);
        if (count <= 0) {
            fprintf(stderr, "no whole reply\n");
            return 1;
        }
        fwrite(part, 1, (size_t)count, stdout);
        received += (size_t)count;
    }
    return 0;
}
